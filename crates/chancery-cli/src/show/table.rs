//! Tables for people: headings, wrapped cells, as wide as the terminal (100 columns in a pipe).
use comfy_table::{Attribute, Cell, ColumnConstraint, ContentArrangement, TableComponent, Width, presets};
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

/// Characters a line may take: COLUMNS if set, else the terminal's width, else 100; between 40 and 160.
pub fn width() -> usize {
    let set = std::env::var("COLUMNS").ok().and_then(|c| c.parse::<usize>().ok());
    let terminal = || comfy_table::Table::new().width().map(usize::from);
    set.or_else(terminal).unwrap_or(100).clamp(40, 160)
}

/// A table being filled.
pub struct Table {
    inner: comfy_table::Table,
    styled: bool,
    notes: Vec<String>,
}

impl Table {
    pub fn new(columns: &[Column]) -> Table {
        let styled = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        let mut inner = comfy_table::Table::new();
        inner
            .load_preset(presets::NOTHING)
            .set_style(TableComponent::HeaderLines, '─')
            .set_style(TableComponent::MiddleHeaderIntersections, '─')
            .set_content_arrangement(ContentArrangement::Dynamic);
        inner.set_width(width() as u16);
        inner.set_header(columns.iter().map(|c| {
            let name = match c {
                Column::Fit(name) | Column::Wrap(name, _) => name,
                Column::Named(name, _) => name.as_str(),
            };
            let cell = Cell::new(name);
            if styled { cell.add_attribute(Attribute::Bold) } else { cell }
        }));
        for (i, c) in columns.iter().enumerate() {
            let column = inner.column_mut(i).expect("it was just made");
            match c {
                Column::Fit(_) => column.set_constraint(ColumnConstraint::ContentWidth),
                Column::Wrap(_, w) | Column::Named(_, w) => {
                    column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(*w)))
                }
            };
            column.set_padding((0, if i + 1 == columns.len() { 0 } else { 2 }));
        }
        Table { inner, styled, notes: Vec::new() }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.inner.add_row(cells.into_iter().map(|c| Cell::new(super::plain(&c))));
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
        let styled = self.styled;
        self.inner.add_row(cells.into_iter().map(|c| {
            let cell = Cell::new(super::plain(&c));
            if styled { cell.fg(comfy_table::Color::Yellow) } else { cell }
        }));
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, line) in self.inner.lines().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{}", line.trim_end())?;
        }
        for note in &self.notes {
            write!(f, "\n{}", super::wrapped("  ", note))?;
        }
        Ok(())
    }
}
