//! Subjects down, objects across: the answer by colour and shape, the number of sources in the cell.
use super::{Link, Picture, Target, esc, legend, middle, text, told};
use chancery_core::ask::{Answer, MatrixRow};
use std::collections::HashSet;
use std::fmt::Write;

/// More rows or columns than this are left to the table; where both are many, more than the second number.
const MOST: usize = 48;
const MOST_BOTH: usize = 24;
const CELL: f64 = 34.0;
const LEFT: f64 = 190.0;

/// The picture of a matrix; where there is more than fits, those of whom most is said.
pub fn matrix(title: &str, rows: &[MatrixRow], link: Link<'_>) -> Picture {
    let sides = || {
        let subjects = rows.iter().map(|r| (r.subject.id.as_str(), r.subject.label.as_str()));
        (subjects, rows.iter().map(|r| (r.object.id.as_str(), r.object.label.as_str())))
    };
    let different = |ids: &mut dyn Iterator<Item = (&str, &str)>| ids.map(|(id, _)| id).collect::<HashSet<_>>().len();
    let (mut s, mut o) = sides();
    let both = different(&mut s) > MOST_BOTH && different(&mut o) > MOST_BOTH;
    let limit = if both { MOST_BOTH } else { MOST };
    let (s, o) = sides();
    let ((subjects, more_s), (objects, more_o)) = (most(s, limit), most(o, limit));
    let longest = objects.iter().map(|(_, l)| middle(l, 26).chars().count()).max().unwrap_or(0) as f64;
    let top = 22.0 + longest * 5.4;
    let mut body = String::new();
    for (n, (_, label)) in objects.iter().enumerate() {
        let (x, y) = (LEFT + n as f64 * CELL + CELL / 2.0 + 4.0, top - 6.0);
        let _ = write!(
            body,
            "<text class=\"column\" transform=\"translate({x:.1} {y:.1}) rotate(-52)\">{}</text>",
            esc(&middle(label, 26))
        );
    }
    for (n, (id, label)) in subjects.iter().enumerate() {
        let y = top + n as f64 * CELL;
        let _ = write!(
            body,
            "<line class=\"rule\" x1=\"8\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>",
            LEFT + objects.len() as f64 * CELL
        );
        text(&mut body, "row", LEFT - 8.0, y + CELL / 2.0 + 4.0, &middle(label, 27));
        for (column, (object, whom)) in objects.iter().enumerate() {
            let here: Vec<&MatrixRow> = rows.iter().filter(|r| r.subject.id == *id && r.object.id == *object).collect();
            let x = LEFT + column as f64 * CELL;
            let wide = (CELL - 4.0) / here.len().max(1) as f64;
            for (k, r) in here.iter().enumerate() {
                let left = x + 2.0 + k as f64 * wide;
                let rect = |class: &str| {
                    format!(
                        "<rect class=\"{class}\" x=\"{left:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"3\"/>",
                        y + 2.0,
                        wide - 1.0,
                        CELL - 4.0
                    )
                };
                let mut shapes = rect(r.answer.as_str());
                if r.answer == Answer::Possibly {
                    shapes += &rect("spots");
                }
                if r.conflict {
                    shapes += &rect("over");
                }
                let (cx, cy) = (left + wide / 2.0, y + CELL / 2.0 + 4.5);
                let _ = write!(shapes, "<circle class=\"pill\" cx=\"{cx:.1}\" cy=\"{:.1}\" r=\"8\"/>", cy - 4.5);
                let class = if wide < 20.0 { "count small" } else { "count" };
                let _ = write!(shapes, "<text class=\"{class}\" x=\"{cx:.1}\" y=\"{cy:.1}\">{}</text>", r.sources);
                let value = crate::words::value(&r.value);
                let says = format!(
                    "{label} → {whom}: {}{}{}{}; {} source{}",
                    r.answer.as_str(),
                    if value.is_empty() { value } else { format!(" ({value})") },
                    r.since.as_ref().map_or(String::new(), |s| format!(" since {s}")),
                    if r.conflict { ", disputed" } else { "" },
                    r.sources,
                    if r.sources == 1 { "" } else { "s" }
                );
                told(&mut body, link(Target::Pair(id, object)), &says, &shapes);
            }
        }
    }
    let mut y = top + subjects.len() as f64 * CELL + 30.0;
    if rows.is_empty() {
        text(&mut body, "key", 12.0, y, "Nothing is said of it on this day.");
        y += 24.0;
    }
    let keys = [("yes", "yes"), ("possibly", "possibly"), ("no", "no"), ("yes disputed", "disputed")];
    legend(&mut body, 12.0, y, &keys);
    text(&mut body, "key", 12.0, y + 22.0, "The number counts the sources.");
    if more_s + more_o > 0 {
        let left = format!("{more_s} more rows and {more_o} more columns are in the table.");
        text(&mut body, "key", 12.0, y + 42.0, &left);
        y += 20.0;
    }
    Picture {
        width: (LEFT + objects.len() as f64 * CELL + 110.0).max(460.0) as u32,
        height: (y + 34.0) as u32,
        title: title.into(),
        told: format!("{} subjects by {} objects; the rows are in the table.", subjects.len(), objects.len()),
        body,
    }
}

/// Those of whom most is said, in the order given; and how many are left out.
fn most<'a>(all: impl Iterator<Item = (&'a str, &'a str)>, limit: usize) -> (Vec<(&'a str, &'a str)>, usize) {
    let mut list: Vec<((&str, &str), usize)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for (id, label) in all {
        let n = *places.entry(id).or_insert_with(|| {
            list.push(((id, label), 0));
            list.len() - 1
        });
        list[n].1 += 1;
    }
    let more = list.len().saturating_sub(limit);
    if more > 0 {
        let mut counts: Vec<usize> = list.iter().map(|(_, n)| *n).collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let least = counts[limit - 1];
        list.retain(|(_, n)| *n >= least);
        list.truncate(limit);
    }
    (list.into_iter().map(|(p, _)| p).collect(), more)
}
