//! Tables as text, the way that different programs write them, and back.

use crate::seeded_damage::Dice;

/// A table: a name and a cell for each column, the same columns in each row.
#[derive(Clone, Default)]
pub(super) struct Table {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// How a table is written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) separator: char,
    newline: &'static str,
    quoted: bool,
    bom: bool,
    ends: bool,
}

impl Style {
    pub(super) fn any(dice: &mut Dice) -> Self {
        Self {
            separator: ',',
            newline: ["\n", "\r\n"][dice.below(2)],
            quoted: dice.below(3) == 0,
            bom: dice.below(3) == 0,
            ends: dice.below(4) > 0,
        }
    }
}

impl Table {
    /// A row by its columns: the first says which there are.
    pub(super) fn push(&mut self, cells: Vec<(&str, String)>) {
        if self.columns.is_empty() {
            self.columns = cells.iter().map(|(name, _)| (*name).to_owned()).collect();
        }
        self.rows
            .push(cells.into_iter().map(|(_, cell)| cell).collect());
    }

    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// Rows and columns in any order, with columns that nobody knows.
    pub(super) fn shuffled(mut self, dice: &mut Dice) -> Self {
        for n in 0..dice.below(3) {
            self.columns.push(format!("x_Unheard{n}"));
            for row in &mut self.rows {
                let odd = ["", "a, b", "say \"so\"", "12.5", "Größe", "line\nbreak"];
                row.push(dice.one(&odd).to_owned());
            }
        }
        shuffle(&mut self.rows, dice);
        if dice.below(2) == 0 {
            let mut order: Vec<usize> = (0..self.columns.len()).collect();
            shuffle(&mut order, dice);
            let sorted = |cells: &[String]| order.iter().map(|at| cells[*at].clone()).collect();
            self.columns = sorted(&self.columns);
            self.rows = self.rows.iter().map(|row| sorted(row)).collect();
        }
        self
    }

    pub(super) fn written(&self, style: Style) -> String {
        let cell = |cell: &String| {
            let needs = cell.contains(['"', '\n', '\r', style.separator]);
            if style.quoted || needs {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        };
        let line = |cells: &Vec<String>| {
            let cells: Vec<String> = cells.iter().map(cell).collect();
            cells.join(&style.separator.to_string())
        };
        let lines = std::iter::once(&self.columns).chain(&self.rows);
        let lines: Vec<String> = lines.map(line).collect();
        let mut text = if style.bom { "\u{feff}" } else { "" }.to_owned();
        text += &lines.join(style.newline);
        if style.ends {
            text += style.newline;
        }
        text
    }

    /// A table of comma-separated values, read in the plainest way.
    pub(super) fn of(text: &str) -> Self {
        let mut lines: Vec<Vec<String>> = vec![vec![String::new()]];
        let (mut quoted, mut chars) = (false, text.chars().peekable());
        while let Some(c) = chars.next() {
            let cells = lines.last_mut().unwrap();
            let cell = cells.last_mut().unwrap();
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                '\r' if !quoted => {}
                '\n' if !quoted => lines.push(vec![String::new()]),
                c => cell.push(c),
            }
        }
        lines.retain(|cells| cells.len() > 1);
        let mut lines = lines.into_iter();
        Self {
            columns: lines.next().unwrap_or_default(),
            rows: lines.collect(),
        }
    }
}

/// In any order (Fisher and Yates).
pub(super) fn shuffle<T>(list: &mut [T], dice: &mut Dice) {
    for n in (1..list.len()).rev() {
        list.swap(n, dice.below(n + 1));
    }
}

#[test]
fn what_is_written_is_read_back() {
    let mut dice = Dice(7);
    for _ in 0..200 {
        let mut table = Table::default();
        for n in 0..=dice.below(5) {
            let odd = ["", "1", "a,b", "\"", "two\nlines", "\u{fc}"].map(str::to_owned);
            let cells = odd.into_iter().cycle().skip(n);
            table.push(["a", "b", "c d", "e/f:g"].into_iter().zip(cells).collect());
        }
        let table = table.shuffled(&mut dice);
        let text = table.written(Style::any(&mut dice));
        let again = Table::of(text.trim_start_matches('\u{feff}'));
        assert_eq!((again.columns, again.rows), (table.columns, table.rows));
    }
}
