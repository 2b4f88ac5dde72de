//! The demo from outside: a supervisor reads a report, follows a number to its list, and takes the same
//! figures away as CSV, as JSON and from the command line.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};

use crate::service::Folder;

/// A running demo; ended when dropped.
struct Demo {
    child: Child,
    address: SocketAddr,
    cookie: String,
}

impl Drop for Demo {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

struct Page {
    status: u16,
    head: String,
    body: String,
}

impl Demo {
    fn start(folder: &Folder) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_hotline"))
            .args(["demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(&folder.0)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let address = lines
            .by_ref()
            .find_map(|line| line.strip_prefix("hotline demo on http://")?.trim().parse().ok())
            .expect("the demo did not tell its address");
        // Whatever else it prints must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let mut demo = Self { child, address, cookie: String::new() };
        demo.log_in("supervisor");
        demo
    }

    fn log_in(&mut self, login: &str) {
        let form = format!("login={login}&password=hotline-demo&next=/");
        let page = self.ask(
            &format!(
                "POST /login HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                form.len()
            ),
            &form,
        );
        assert_eq!(page.status, 303, "{}", page.body);
        let cookie = page.head.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
    }

    fn get(&self, target: &str) -> Page {
        self.ask(&format!("GET {target} HTTP/1.1\r\nAccept: text/html\r\nCookie: {}\r\n", self.cookie), "")
    }

    fn ask(&self, head: &str, body: &str) -> Page {
        let mut stream = TcpStream::connect(self.address).unwrap();
        write!(stream, "{head}Host: {}\r\nConnection: close\r\n\r\n{body}", self.address).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Page { status, head: head.to_owned(), body: body.to_owned() }
    }
}

/// The cells of a table on the screen: for each line, the texts by the ids of their parts.
fn screen_cells(page: &str, table: &str) -> Vec<Vec<(String, String)>> {
    let start = page.split(&format!("data-table=\"{table}\"")).nth(1).unwrap();
    let body = start.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    let lines = body.split("<tr").skip(1).map(|line| {
        let part = |part: &str| {
            let (id, rest) = part.split_once('"').unwrap();
            let text = rest.split_once('>').unwrap().1.split('<').next().unwrap();
            (id.to_owned(), readable(text))
        };
        line.split("data-part=\"").skip(1).map(part).collect()
    });
    lines.collect()
}

fn readable(text: &str) -> String {
    let entities =
        [("&#38;", "&"), ("&#60;", "<"), ("&#62;", ">"), ("&#39;", "'"), ("&#34;", "\""), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The records of a CSV file, by the ids in its header.
fn csv_cells(text: &str) -> Vec<BTreeMap<String, String>> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let id = |title: &str| title.rsplit_once('(').unwrap().1.trim_end_matches(')').to_owned();
    let ids: Vec<String> = reader.headers().unwrap().iter().map(id).collect();
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "a column id stands twice: {ids:?}");
    let record =
        |record: csv::StringRecord| ids.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|found| record(found.unwrap())).collect()
}

#[test]
fn screen_file_and_command_line_say_the_same() {
    let folder = Folder::new("reports");
    let demo = Demo::start(&folder);
    for (report, table) in [
        ("transfer", "groups"),
        ("transfer", "non-acceptance"),
        ("callback", "groups"),
        ("callback", "attempts"),
        ("callback", "unreachable"),
        ("telephone", "groups"),
        ("agreement", "groups"),
        ("dialogue", "groups"),
        ("dialogue", "verdicts"),
    ] {
        let page = demo.get(&format!("/reports/{report}"));
        assert_eq!(page.status, 200, "{}", page.body);
        let screen = screen_cells(&page.body, table);
        assert!(!screen.is_empty() || table == "unreachable", "{report} {table} is empty");
        let file = demo.get(&format!("/reports/{report}/csv?table={table}"));
        assert_eq!(file.status, 200);
        assert!(file.head.contains("text/csv; charset=utf-8"), "{}", file.head);
        let records = csv_cells(&file.body);
        assert_eq!(screen.len(), records.len(), "{report} {table}");
        let mut compared = 0;
        for (line, record) in screen.iter().zip(&records) {
            for (id, text) in line {
                assert_eq!(record.get(id), Some(text), "{report} {table} {id}");
                compared += 1;
            }
            assert_eq!(record["zone"], "Asia/Shanghai");
            assert!(record["as-of"].ends_with("+08:00"), "{}", record["as-of"]);
        }
        assert!(compared >= screen.len(), "{report} {table}: {compared} cells");
    }
    same_on_the_command_line(&demo, &folder);
    the_walk_has_the_counts_of_the_screen(&demo, &folder);
    json_agrees(&demo);
}

fn same_on_the_command_line(demo: &Demo, folder: &Folder) {
    let config = folder.0.join("hotline.toml");
    let shipped = include_str!("../../config/hotline.toml");
    let root = env!("CARGO_MANIFEST_DIR");
    let url = format!("url = \"sqlite:{}\"", folder.0.join("demo.db").display());
    let text = shipped.replace("../ivr-scripts", &format!("{root}/ivr-scripts"));
    let text = text.lines().map(|line| if line.starts_with("url = ") { &url } else { line });
    std::fs::write(&config, text.collect::<Vec<_>>().join("\n")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_hotline"))
        .args(["report", "transfer", "--format", "csv", "--config"])
        .arg(&config)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    let mut printed = csv_cells(&String::from_utf8(output.stdout).unwrap());
    let mut downloaded = csv_cells(&demo.get("/reports/transfer/csv").body);
    for record in printed.iter_mut().chain(&mut downloaded) {
        record.remove("as-of");
    }
    assert_eq!(printed, downloaded);
}

/// The picture of a line with its calls, on the screen and on the command line.
fn the_walk_has_the_counts_of_the_screen(demo: &Demo, folder: &Folder) {
    let drawn = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_hotline"))
            .args(["script", "graph", "ivr-scripts/12320", "--counts", "--format", "text", "--config"])
            .arg(folder.0.join("hotline.toml"))
            .args(more)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap() + &said)
    };
    let (code, told) = drawn(&[]);
    assert_eq!(code, Some(0), "{told}");
    let page = demo.get("/lines/12320?days=7");
    let ways = page.body.split("<tbody>").last().unwrap();
    let mut compared = 0;
    for row in ways.split("<tr>").skip(1) {
        let cells: Vec<&str> = row
            .split("<td")
            .skip(1)
            .map(|cell| cell.split('>').nth(1).unwrap().split('<').next().unwrap())
            .collect();
        let [from, _, to, calls] = cells[..] else { panic!("{row}") };
        // The words for a way are the reader's own on the screen: node, target and count must stand together.
        let of_node = told.split(&format!("\n{from} (")).nth(1).map(|rest| rest.split(" (").next().unwrap());
        let Some(of_node) = of_node else { continue };
        let same = |line: &str| line.contains(&format!("-> {to}")) && line.ends_with(&format!(" {calls}"));
        assert!(of_node.lines().any(same), "{from} -> {to} {calls}: {told}");
        compared += 1;
    }
    assert!(compared > 10, "{compared} ways: {told}");
    let (code, told) = drawn(&["--from", "2019-01-01", "--to", "2019-01-02"]);
    assert!(code == Some(0) && told.contains(", 2019-01-01 to 2019-01-02, 0 calls\n"), "{told}");
    let (code, told) = drawn(&["--from", "2019-01-02", "--to", "2019-01-01"]);
    assert!(code == Some(2) && told.contains("is after the last"), "{told}");
}

fn json_agrees(demo: &Demo) {
    let json: serde_json::Value = serde_json::from_str(&demo.get("/reports/transfer/json").body).unwrap();
    let records = csv_cells(&demo.get("/reports/transfer/csv").body);
    let total = &json["tables"][0]["total"];
    let last = records.last().unwrap();
    for id in ["dispatched", "signed", "returned", "open"] {
        assert_eq!(total[id].to_string(), last[id], "{id}");
    }
    assert_eq!(total["return-rate"]["numerator"].to_string(), last["return-rate-numerator"]);
}

#[test]
fn behind_each_number_stand_that_many_rows() {
    let folder = Folder::new("behind");
    let demo = Demo::start(&folder);
    let mut followed = 0;
    for report in ["transfer", "callback"] {
        let page = demo.get(&format!("/reports/{report}"));
        let table =
            page.body.split("data-table=\"groups\"").nth(1).unwrap().split("</table>").next().unwrap();
        for link in table.split("<a href=\"").skip(1).step_by(5) {
            let (address, rest) = link.split_once('"').unwrap();
            let text = rest.split_once('>').unwrap().1.split('<').next().unwrap();
            let Ok(count) = text.parse::<usize>() else { continue };
            let list = demo.get(&readable(address));
            assert_eq!(list.status, 200, "{address}");
            assert_eq!(screen_cells(&list.body, "behind").len(), count, "{address}");
            followed += 1;
        }
    }
    assert!(followed > 10, "only {followed} numbers were followed");
}

#[test]
fn only_supervisors_see_reports() {
    let folder = Folder::new("rights");
    let mut demo = Demo::start(&folder);
    for target in ["/reports", "/wallboard", "/wallboard/board", "/reports/transfer?by=week&from=2026-01-01"]
    {
        assert_eq!(demo.get(target).status, 200, "{target}");
    }
    assert_eq!(demo.get("/reports/nonsense").status, 404);
    assert_eq!(demo.get("/reports/transfer?from=yesterday").status, 422);
    assert_eq!(demo.get("/reports/transfer/list?figure=nonsense").status, 404);
    demo.log_in("agent");
    for target in ["/reports", "/wallboard", "/reports/transfer", "/reports/transfer/csv"] {
        assert_eq!(demo.get(target).status, 403, "{target}");
    }
}
