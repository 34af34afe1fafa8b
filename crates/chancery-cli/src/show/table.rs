//! Tables for people: headings, wrapped cells, as wide as the terminal (100 columns in a pipe).
use comfy_table::{Attribute, Cell, ColumnConstraint, ContentArrangement, TableComponent, Width, presets};
use rayon::prelude::*;
use std::io::IsTerminal;

/// A column: its heading and how narrow or wide it may get.
#[derive(Debug, Clone)]
pub enum Column {
    /// As wide as its longest cell.
    Fit(&'static str),
    /// Wrapped to what is left, at least this wide.
    Wrap(&'static str, u16),
    /// The same, with a heading made at run time.
    Named(String, u16),
}

/// Blanks behind a column, beside the one that parts it from the next.
const GAP: usize = 2;

impl Column {
    fn name(&self) -> &str {
        match self {
            Column::Fit(name) | Column::Wrap(name, _) => name,
            Column::Named(name, _) => name,
        }
    }
}

/// Characters a line may take: COLUMNS if set, else the terminal's width, else 100; between 40 and 160.
pub fn width() -> usize {
    let set = std::env::var("COLUMNS").ok().and_then(|c| c.parse::<usize>().ok());
    let terminal = || comfy_table::Table::new().width().map(usize::from);
    set.or_else(terminal).unwrap_or(100).clamp(40, 160)
}

/// Rows from which on a table is drawn in pieces, on all cores.
const LONG: usize = 512;

/// A table being filled.
pub struct Table {
    columns: Vec<Column>,
    /// Cells, and whether the row stands out.
    rows: Vec<(Vec<String>, bool)>,
    styled: bool,
    notes: Vec<String>,
}

impl Table {
    pub fn new(columns: &[Column]) -> Table {
        let styled = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Table { columns: columns.to_vec(), rows: Vec::new(), styled, notes: Vec::new() }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.add(cells, false);
    }

    /// A line below the table, once.
    pub fn note(&mut self, text: String) {
        let text = super::plain(&text).into_owned();
        if !self.notes.contains(&text) {
            self.notes.push(text);
        }
    }

    /// A row that stands out: the answer is disputed.
    pub fn marked(&mut self, cells: impl IntoIterator<Item = String>) {
        self.add(cells, true);
    }

    fn add(&mut self, cells: impl IntoIterator<Item = String>, marked: bool) {
        self.rows.push((cells.into_iter().map(|c| super::plain(&c).into_owned()).collect(), marked));
    }

    /// Draws rows, with or without the heading; the columns as wide as told, or as their cells ask for.
    fn draw(&self, rows: &[(Vec<String>, bool)], heading: bool, widths: Option<&[usize]>) -> String {
        let mut inner = comfy_table::Table::new();
        inner
            .load_preset(presets::NOTHING)
            .set_style(TableComponent::HeaderLines, '─')
            .set_style(TableComponent::MiddleHeaderIntersections, '─')
            .set_content_arrangement(ContentArrangement::Dynamic);
        inner.set_width(width() as u16);
        if heading {
            inner.set_header(self.columns.iter().map(|c| {
                let cell = Cell::new(c.name());
                if self.styled { cell.add_attribute(Attribute::Bold) } else { cell }
            }));
        }
        for (cells, marked) in rows {
            inner.add_row(cells.iter().map(|c| {
                let cell = Cell::new(c);
                if *marked && self.styled { cell.fg(comfy_table::Color::Yellow) } else { cell }
            }));
        }
        for (i, c) in self.columns.iter().enumerate() {
            let Some(column) = inner.column_mut(i) else { break };
            let padding = if i + 1 == self.columns.len() { 0 } else { GAP };
            column.set_padding((0, padding as u16));
            column.set_constraint(match (widths, c) {
                (Some(w), _) => ColumnConstraint::Absolute(Width::Fixed((w[i] + padding) as u16)),
                (None, Column::Fit(_)) => ColumnConstraint::ContentWidth,
                (None, Column::Wrap(_, w) | Column::Named(_, w)) => ColumnConstraint::LowerBoundary(Width::Fixed(*w)),
            });
        }
        let mut out = String::new();
        for line in inner.lines() {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// How wide each column of a long table is, in characters: as its longest cell; those that are wrapped at least as
    /// told, and what is left of the line goes in turn to those that could use more.
    fn widths(&self) -> Vec<usize> {
        let longest = |i: usize| {
            let cells = self.rows.iter().filter_map(|(cells, _)| cells.get(i)).map(String::as_str);
            cells.chain([self.columns[i].name()]).flat_map(str::lines).map(|l| l.chars().count()).max().unwrap_or(0)
        };
        let wanted: Vec<usize> = (0..self.columns.len()).map(longest).collect();
        let least = self.columns.iter().zip(&wanted).map(|(c, wanted)| match c {
            Column::Fit(_) => *wanted,
            Column::Wrap(_, w) | Column::Named(_, w) => usize::from(*w),
        });
        let mut widths: Vec<usize> = least.collect();
        let mut left =
            width().saturating_sub(widths.iter().sum::<usize>() + (GAP + 1) * widths.len().saturating_sub(1));
        while left > 0 && widths.iter().zip(&wanted).any(|(w, wanted)| w < wanted) {
            for (w, wanted) in widths.iter_mut().zip(&wanted) {
                if *w < *wanted && left > 0 {
                    (*w, left) = (*w + 1, left - 1);
                }
            }
        }
        widths
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let drawn = if self.rows.len() < LONG {
            self.draw(&self.rows, true, None)
        } else {
            let widths = self.widths();
            let pieces: Vec<&[(Vec<String>, bool)]> = self.rows.chunks(LONG).collect();
            pieces.par_iter().enumerate().map(|(n, rows)| self.draw(rows, n == 0, Some(&widths))).collect()
        };
        f.write_str(drawn.trim_end_matches('\n'))?;
        for note in &self.notes {
            write!(f, "\n{}", super::wrapped("  ", note))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_tables_hold_every_row_in_order() {
        let mut t = Table::new(&[Column::Fit("id"), Column::Wrap("words", 20), Column::Wrap("says", 8)]);
        for n in 0..3 * LONG {
            t.row([format!("r{n}"), "a few words that go on for longer than the line is wide ".repeat(2), "X".into()]);
        }
        let drawn = t.to_string();
        let ids: Vec<&str> = drawn.lines().filter_map(|l| l.split(' ').next().filter(|w| w.starts_with('r'))).collect();
        assert_eq!(ids.len(), 3 * LONG);
        assert!(ids.iter().enumerate().all(|(n, id)| *id == format!("r{n}")));
        assert!(drawn.lines().all(|l| l.chars().count() <= width()), "as wide as the terminal");
        assert_eq!(drawn.matches("words").count(), 2 * 3 * LONG + 1, "one heading");
    }
}
