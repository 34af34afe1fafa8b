//! Comma-separated values (RFC 4180): one column a field, nested fields as `subject.label`, lists joined by "; ".
use serde::Serialize;
use serde_json::{Map, Value};
use std::io::{self, Write};

/// Writes a header of all fields in order of first appearance, and a line a row. No rows, no header.
pub fn write<T: Serialize>(out: &mut impl Write, rows: &[T]) -> io::Result<()> {
    let mut flat = Vec::new();
    let mut columns: Vec<String> = Vec::new();
    for r in rows {
        let mut cells = Map::new();
        flatten("", &serde_json::to_value(r).map_err(io::Error::from)?, &mut cells);
        for k in cells.keys() {
            if !columns.contains(k) {
                columns.push(k.clone());
            }
        }
        flat.push(cells);
    }
    if columns.is_empty() {
        return Ok(());
    }
    line(out, columns.iter().map(String::as_str))?;
    for cells in &flat {
        line(out, columns.iter().map(|c| cells.get(c).and_then(Value::as_str).unwrap_or("")))?;
    }
    Ok(())
}

fn flatten(name: &str, v: &Value, out: &mut Map<String, Value>) {
    let text = match v {
        Value::Object(o) => {
            for (k, v) in o {
                let path = if name.is_empty() { k.clone() } else { format!("{name}.{k}") };
                flatten(&path, v, out);
            }
            return;
        }
        Value::Array(a) => a.iter().map(plain).collect::<Vec<_>>().join("; "),
        v => plain(v),
    };
    out.insert(name.to_string(), Value::String(text));
}

fn plain(v: &Value) -> String {
    match v {
        Value::String(s) => s.clone(),
        Value::Null => String::new(),
        // A confidence of 0.7 is a float of four bytes: not "0.699999988079071".
        Value::Number(n) => match (n.as_i64(), n.as_f64()) {
            (None, Some(f)) => ((f * 1e6).round() / 1e6).to_string(),
            _ => n.to_string(),
        },
        v => v.to_string(),
    }
}

fn line<'a>(out: &mut impl Write, cells: impl Iterator<Item = &'a str>) -> io::Result<()> {
    for (i, c) in cells.enumerate() {
        if i > 0 {
            out.write_all(b",")?;
        }
        if c.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", c.replace('"', "\"\""))?;
        } else {
            out.write_all(c.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn nested_fields_and_quotes() {
        let rows = [
            serde_json::json!({"a": {"x": "1, 2", "y": null}, "l": ["p", "q"]}),
            serde_json::json!({"b": true, "a": {"x": "say \"no\""}}),
        ];
        let mut out = Vec::new();
        super::write(&mut out, &rows).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a.x,a.y,l,b\r\n\"1, 2\",,p; q,\r\n\"say \"\"no\"\"\",,,true\r\n");
    }
}
