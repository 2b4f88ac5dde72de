//! The walk as a picture, in the language of Mermaid.

use std::fmt::Write as _;

use crate::model::Script;
use crate::nodes::How;

impl Script {
    /// A Mermaid flow chart: solid lines are the caller's choices and what goes on by itself, dotted lines
    /// are silence.
    pub fn mermaid(&self) -> String {
        let mut text = String::from("flowchart TD\n");
        for (number, node) in self.nodes.values().enumerate() {
            let shape = if node.action.kind().listens() { ["([", "])"] } else { ["[", "]"] };
            let _ = writeln!(text, "  n{number}{}\"{}\"{}", shape[0], node.name, shape[1]);
        }
        let number = |name: &str| self.nodes.keys().position(|other| other == name);
        for (from, node) in self.nodes.values().enumerate() {
            for exit in node.action.kind().exits() {
                let arrow = if exit.how == How::Silence { "-.->" } else { "-->" };
                if let Some(to) = number(&exit.to.node) {
                    let _ = writeln!(text, "  n{from} {arrow} n{to}");
                }
            }
        }
        text
    }
}
