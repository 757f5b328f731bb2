//! A page of few kinds of parts, as Markdown and as HTML.

/// The page.
pub(super) struct Page {
    title: String,
    parts: Vec<Part>,
}

enum Part {
    Heading(String),
    Text(String),
    Code(String),
    List(Vec<String>),
    Table { head: Vec<String>, rows: Vec<Vec<String>> },
}

impl Page {
    pub(super) fn new(title: &str) -> Self {
        Self { title: title.to_owned(), parts: Vec::new() }
    }

    pub(super) fn heading(&mut self, text: &str) {
        self.parts.push(Part::Heading(text.to_owned()));
    }

    pub(super) fn text(&mut self, text: &str) {
        self.parts.push(Part::Text(text.to_owned()));
    }

    pub(super) fn code(&mut self, text: &str) {
        self.parts.push(Part::Code(text.trim_end().to_owned()));
    }

    pub(super) fn list(&mut self, items: &[&str]) {
        self.parts.push(Part::List(items.iter().map(|&item| item.to_owned()).collect()));
    }

    pub(super) fn table(&mut self, head: &[&str], rows: Vec<Vec<String>>) {
        let head = head.iter().map(|&cell| cell.to_owned()).collect();
        self.parts.push(Part::Table { head, rows });
    }

    pub(super) fn markdown(&self) -> String {
        let mut out = format!("# {}\n", self.title);
        for part in &self.parts {
            out += "\n";
            match part {
                Part::Heading(text) => out += &format!("## {text}\n"),
                Part::Text(text) => out += &format!("{text}\n"),
                Part::Code(text) => out += &format!("```text\n{text}\n```\n"),
                Part::List(items) => items.iter().for_each(|item| out += &format!("- {item}\n")),
                Part::Table { head, rows } => {
                    let line = |cells: &[String]| {
                        let cells = cells.iter().map(|cell| cell.replace('|', "\\|"));
                        format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
                    };
                    out += &line(head);
                    out += &format!("|{}\n", "---|".repeat(head.len()));
                    rows.iter().for_each(|row| out += &line(row));
                }
            }
        }
        out
    }

    pub(super) fn html(&self) -> String {
        let title = escaped(&self.title);
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        );
        for part in &self.parts {
            match part {
                Part::Heading(text) => out += &format!("<h2>{}</h2>\n", escaped(text)),
                Part::Text(text) => out += &format!("<p>{}</p>\n", escaped(text)),
                Part::Code(text) => out += &format!("<pre>{}</pre>\n", literal(text)),
                Part::List(items) => {
                    let items = items.iter().map(|item| format!("<li>{}</li>\n", escaped(item)));
                    out += &format!("<ul>\n{}</ul>\n", items.collect::<String>());
                }
                Part::Table { head, rows } => {
                    let line = |cells: &[String], tag: &str| {
                        let cells =
                            cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell)));
                        format!("<tr>{}</tr>\n", cells.collect::<String>())
                    };
                    let rows = rows.iter().map(|row| line(row, "td")).collect::<String>();
                    out += &format!("<table>\n{}{rows}</table>\n", line(head, "th"));
                }
            }
        }
        out + "</body>\n</html>\n"
    }
}

/// Nothing is cut off on paper: long lines wrap, and rows stay together.
const STYLE: &str = "body{font-family:serif;max-width:48em;margin:2em auto;padding:0 1em;line-height:1.5}pre{background:#f4f4f4;padding:.8em;white-space:pre-wrap;overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top;overflow-wrap:break-word}tr{break-inside:avoid}";

/// Text within HTML, as it is.
fn literal(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Text within HTML, with what stands between backquotes as code.
fn escaped(text: &str) -> String {
    let text = literal(text);
    let parts = text.split('`').enumerate();
    parts
        .map(|(n, part)| if n % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_is_told_does_not_become_its_markup() {
        let mut page = Page::new("<a>");
        page.text("see `x<y>`");
        page.code("a`<script>`\"b");
        let html = page.html();
        assert!(html.contains("<h1>&lt;a&gt;</h1>"), "{html}");
        assert!(html.contains("<p>see <code>x&lt;y&gt;</code></p>"), "{html}");
        assert!(html.contains("<pre>a`&lt;script&gt;`&quot;b</pre>"), "{html}");
    }
}
