use crate::context::{Global, Output, of_user, report};
use crate::failure::Done;
use crate::show::{self, Column, Table};
use chancery_core::resolve::Places;
use serde::Serialize;

/// Where a city is: the places of a name, with coordinates and the country under which the gazetteer lists them.
#[derive(clap::Args)]
pub struct Args {
    /// A name in any of its spellings
    name: String,
    #[command(flatten)]
    output: Output,
}

#[derive(Serialize)]
struct Row {
    name: String,
    /// ISO 3166-1 alpha-3.
    country: String,
    lat: f64,
    lon: f64,
    population: u64,
    capital: bool,
    also: Vec<String>,
}

impl Args {
    pub fn run(self, global: &Global) -> Done {
        let data = global.data_files()?;
        let (places, findings) = Places::load(&data);
        report(&of_user(findings, &data));
        let rows: Vec<Row> = places
            .find(&self.name)
            .into_iter()
            .map(|c| Row {
                name: c.name.clone(),
                country: c.country.clone(),
                lat: c.lat,
                lon: c.lon,
                population: c.population,
                capital: c.capital,
                also: c.also.clone(),
            })
            .collect();
        if rows.is_empty() {
            eprintln!(
                "no place of the gazetteer is called {:?}; it holds cities of 60,000 people and capitals",
                self.name
            );
        }
        show::rows(self.output.format, &rows, table)
    }
}

fn table(rows: &[Row]) -> Table {
    let mut t = Table::new(&[
        Column::Wrap("place", 14),
        Column::Fit("country"),
        Column::Fit("lat"),
        Column::Fit("lon"),
        Column::Fit("people"),
        Column::Fit("seat"),
        Column::Wrap("also", 16),
    ]);
    for r in rows {
        t.row([
            r.name.clone(),
            r.country.clone(),
            format!("{:.3}", r.lat),
            format!("{:.3}", r.lon),
            r.population.to_string(),
            if r.capital { "yes" } else { "" }.into(),
            r.also.join(", "),
        ]);
    }
    t
}
