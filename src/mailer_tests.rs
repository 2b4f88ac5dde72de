//! The mailer against a server of our own that speaks as much SMTP as it takes.

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

use super::*;
use domain::Secret;

/// Answers one connection: each command whose beginning is named gets that answer, everything else 250. The mail as it
/// came, without its dots; empty where none did.
async fn catch(listener: TcpListener, answers: &'static [(&'static str, &'static str)]) -> String {
    let (stream, _) = listener.accept().await.unwrap();
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 catcher\r\n").await.unwrap();
    let mut mail = String::new();
    while let Ok(Some(line)) = lines.next_line().await {
        let told = answers.iter().find(|(start, _)| line.starts_with(start)).map(|(_, answer)| *answer);
        let answer = match told {
            Some(answer) => answer,
            None if line == "DATA" => "354 go on",
            None if line.starts_with("EHLO") => "250-catcher\r\n250 AUTH PLAIN",
            None if line == "QUIT" => "221 bye",
            None => "250 fine",
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        if line == "QUIT" {
            break;
        }
        if line == "DATA" && answer.starts_with("354") {
            while let Ok(Some(line)) = lines.next_line().await {
                if line == "." {
                    break;
                }
                mail.push_str(&line);
                mail.push('\n');
            }
            write.write_all(b"250 taken\r\n").await.unwrap();
        }
    }
    mail
}

async fn listener() -> (TcpListener, Mail) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mail = Mail {
        host: "127.0.0.1".to_owned(),
        port: listener.local_addr().unwrap().port(),
        tls: config_doors::Way::Clear,
        user: String::new(),
        password: Secret::new(""),
        from: "热线 12320 <no-reply@hotline.example>".to_owned(),
    };
    (listener, mail)
}

fn letter() -> Letter {
    Letter {
        id: "0190".to_owned(),
        from: None,
        to: "ward@hospital.example".to_owned(),
        subject: "热线工单 00000013：请签收".to_owned(),
        body: "https://hotline.example/handover/abc\n.\nEnd".to_owned(),
        enclosed: Vec::new(),
    }
}

#[tokio::test]
async fn a_mail_arrives_whole_under_its_own_id() {
    let (listener, mail) = listener().await;
    let mailer = SmtpMailer::new(&mail).unwrap().unwrap();
    let letter = letter();
    let (caught, sent) = tokio::join!(catch(listener, &[]), async {
        let sent = mailer.send(&letter).await;
        drop(mailer);
        sent
    });
    sent.unwrap();
    for part in
        ["Message-ID: <0190@hotline.example>", "To: ward@hospital.example", "Auto-Submitted: auto-generated"]
    {
        assert!(caught.contains(part), "{part} is missing in {caught}");
    }
    assert!(caught.contains("Subject: =?utf-8?b?"), "{caught}");
    assert!(caught.contains("/handover/abc"), "{caught}");
}

#[tokio::test]
async fn a_letter_comes_along_with_its_files_in_the_name_of_the_line() {
    let (listener, mail) = listener().await;
    let mailer = SmtpMailer::new(&mail).unwrap().unwrap();
    let document = "<!doctype html><p>Kære Inger Holm</p>".as_bytes().to_vec();
    let enclosure = |called: &str, media_type: &str, bytes: Vec<u8>| switchboard::ports::Enclosure {
        called: called.to_owned(),
        media_type: media_type.to_owned(),
        bytes,
    };
    let letter = Letter {
        from: Some("Dialoglinjen <dialog@line.example>".to_owned()),
        subject: "Brev i sag 1".to_owned(),
        enclosed: vec![
            enclosure("letter-1.html", "text/html; charset=utf-8", document),
            enclosure("enclosure-1.pdf", "application/pdf", vec![0, 255, 10, 46, 10, 13]),
        ],
        ..letter()
    };
    let (caught, sent) = tokio::join!(catch(listener, &[]), async {
        let sent = mailer.send(&letter).await;
        drop(mailer);
        sent
    });
    sent.unwrap();
    for part in [
        "From: Dialoglinjen <dialog@line.example>",
        "Subject: Brev i sag 1",
        "Content-Type: multipart/mixed",
        "Content-Disposition: attachment; filename=\"letter-1.html\"",
        "Content-Type: text/html; charset=utf-8",
        "Content-Disposition: attachment; filename=\"enclosure-1.pdf\"",
        "AP8KLgoN",
        "https://hotline.example/handover/abc",
    ] {
        assert!(caught.contains(part), "{part} is missing in {caught}");
    }
    let (head, _) = caught.split_once("\n\n").unwrap();
    assert!(!head.contains("Holm"), "{head}");
}

#[tokio::test]
async fn what_a_server_says_decides_whether_it_is_tried_again() {
    let never: &[_] = &[("RCPT", "550 no such user")];
    let later: &[_] = &[("RCPT", "450 mailbox busy")];
    let ours: &[_] = &[("MAIL", "530 log in first")];
    for (answers, refused) in [(never, true), (later, false), (ours, false)] {
        let (listener, mail) = listener().await;
        let mailer = SmtpMailer::new(&mail).unwrap().unwrap();
        let letter = letter();
        let (caught, sent) = tokio::join!(catch(listener, answers), async {
            let sent = mailer.send(&letter).await;
            drop(mailer);
            sent
        });
        assert_eq!(caught, "");
        assert_eq!(matches!(sent, Err(MailError::Refused(_))), refused, "{sent:?}");
        assert_eq!(matches!(sent, Err(MailError::Unclear(_))), !refused, "{sent:?}");
    }
}

#[tokio::test]
async fn nobody_there_is_no_refusal() {
    let (listener, mail) = listener().await;
    drop(listener);
    let mailer = SmtpMailer::new(&mail).unwrap().unwrap();
    assert!(matches!(mailer.send(&letter()).await, Err(MailError::Unclear(_))));
    let off = Mail { host: String::new(), ..mail };
    assert!(SmtpMailer::new(&off).unwrap().is_none());
}

#[tokio::test]
async fn an_encrypted_way_is_never_given_up_for_a_clear_one() {
    crate::serve::choose_cryptography();
    let (listener, mail) = listener().await;
    let mail = Mail { tls: config_doors::Way::Upgraded, ..mail };
    let mailer = SmtpMailer::new(&mail).unwrap().unwrap();
    let letter = letter();
    let (caught, sent) = tokio::join!(catch(listener, &[]), async {
        let sent = mailer.send(&letter).await;
        drop(mailer);
        sent
    });
    assert!(sent.is_err(), "the server offers no STARTTLS");
    assert_eq!(caught, "", "nothing was said in the clear");
}
