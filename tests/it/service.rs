//! The real program as a child process, on a folder and a port of its own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A folder that goes when the test ends.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("hotline-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// A running service; killed when dropped.
pub(crate) struct Service {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Service {
    /// Starts it with the database `folder/hotline.db`, the line 12320 open day and night, and the provider
    /// `twilio` whose secret is `token`.
    pub(crate) fn start(folder: &Path, token: &str) -> Self {
        Self::start_with(folder, token, "")
    }

    /// The same with more sections in the configuration.
    pub(crate) fn start_with(folder: &Path, token: &str, more: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("ivr-scripts/12320");
        Self::start_script(folder, token, &script, more)
    }

    /// The same with another script for the line.
    pub(crate) fn start_script(folder: &Path, token: &str, script: &Path, more: &str) -> Self {
        Self::start_patient(folder, token, script, more, 5_000)
    }

    /// The same with so many milliseconds of patience with the store; whoever does not test that has much of it,
    /// because machines that build have slow disks.
    pub(crate) fn start_patient(
        folder: &Path,
        token: &str,
        script: &Path,
        more: &str,
        patience_ms: u32,
    ) -> Self {
        let config = folder.join("hotline.toml");
        let script = script.display();
        let text = format!(
            "[store]\nurl = \"sqlite:{}\"\npatience_ms = {patience_ms}\n[log]\nlevel = \"error\"\n\
             [provider.twilio]\ndialect = \"twiml\"\naccount = \"ACtest\"\nauth_token = \"{token}\"\n\
             [line.12320]\nnumbers = [\"12320\"]\nscript = \"{script}\"\n\
             languages = [\"zh-CN\", \"en\"]\nzone = \"Asia/Shanghai\"\nprofile = \"cn-gov\"\n\
             hours = [\"always\"]\ncalendar = \"china\"\nemergency = \"120\"\nfallback_number = \"12345\"\n{more}",
            folder.join("hotline.db").display()
        );
        std::fs::write(&config, text).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_hotline"))
            .args(["serve", "--listen", "127.0.0.1:0", "--config"])
            .arg(&config)
            .env_clear()
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| line.split("http://").nth(1).and_then(|rest| rest.trim().parse().ok()))
            .expect("the service did not tell its address");
        // Whatever else it prints must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    #[allow(dead_code, reason = "the bench shares this file and measures the process")]
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: no farewell.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
