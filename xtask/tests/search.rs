//! The palette's search over sample data of a municipality: queries as people type them, with typing errors and without
//! Danish letters.

use std::time::{Duration, Instant};

use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::{Enhed, EnhedKind};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::search::{SearchEntry, SearchIndex};
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::{Record, Records};
use kvalitetshjul::ui::search_entries::{COLLECTED_KINDS, RecordEntries, fixed_entries};
use xtask::sample_data::{area, municipality};

/// Queries, each with the title that must come first.
const QUERIES: [(&str, &str); 60] = [
    ("moellehoej", "Møllehøj Skole"),
    ("møllehøj", "Møllehøj Skole"),
    ("mollehoj", "Møllehøj Skole"),
    ("mølehøj", "Møllehøj Skole"),
    ("moelelhoej", "Møllehøj Skole"),
    ("MØLLEHØJ SKOLE", "Møllehøj Skole"),
    ("skole møllehøj", "Møllehøj Skole"),
    ("møllehøk", "Møllehøj Skole"),
    ("bakkeskole", "Bakkeskolen"),
    ("bakeskolen", "Bakkeskolen"),
    ("aaskolen", "Åskolen"),
    ("askolen", "Åskolen"),
    ("engksolen", "Engskolen"),
    ("skovskoeln", "Skovskolen"),
    ("soeen skolen", "Skolen ved Søen"),
    ("boernehuset kloever", "Børnehuset Kløver"),
    ("børnehuset mane", "Børnehuset Måne"),
    ("bornehuset sol", "Børnehuset Sol"),
    ("sygefravaer", "Sygefraværet falder"),
    ("sygefravær", "Sygefraværet falder"),
    ("sygefarvær", "Sygefraværet falder"),
    ("fravaer reduceres", "Fravær reduceres"),
    ("højt fravær", "Færre med højt fravær"),
    ("hojt fravar", "Færre med højt fravær"),
    ("fritidsjob", "Flere unge har et fritidsjob"),
    ("fritidsjbo", "Flere unge har et fritidsjob"),
    ("overvaegtig", "Færre er overvægtige"),
    ("idrætsforenigner", "Flere er aktive i idrætsforeninger"),
    ("inkluderes almenomraadet", "Flere inkluderes på almenområdet"),
    ("kvalitetssamtale", "Kvalitetssamtale"),
    ("kvalitetsamtale", "Kvalitetssamtale"),
    ("samtale", "Kvalitetssamtale"),
    ("aftale", "Aftale"),
    ("aftlae", "Aftale"),
    ("sammenhaengsaftale", "Sammenhængsaftale"),
    ("pejlemærke", "Pejlemærke"),
    ("pejlemaerker", "Pejlemærker"),
    ("pejelmærke", "Pejlemærke"),
    ("proevehandling", "Prøvehandling"),
    ("prøvehandlnig", "Prøvehandling"),
    ("svarkdoe", "Svarkode"),
    ("datapakek", "Datapakke"),
    ("papirkrv", "Papirkurv"),
    ("histroik", "Historik"),
    ("relationsvelfaerd", "Relationsvelfærd"),
    ("relatonsvelfærd", "Relationsvelfærd"),
    ("tek trekanten", "TEK-trekanten"),
    ("organisatorisk medlmskab", "Organisatorisk medlemskab"),
    ("børnesyn", "Børnesyn"),
    ("boernsyn", "Børnesyn"),
    ("makkere tur engskolen", "Makkere på tur (Engskolen)"),
    ("makkree tur aaskolen", "Makkere på tur (Åskolen)"),
    ("ringer hjem", "En voksen ringer hjem samme dag"),
    ("legegruper", "Legegrupper på tværs af årgange"),
    ("budgettet holdes", "Budgettet holdes"),
    ("makker første år", "Nye kolleger får en makker i det første år"),
    ("ordlitse", "Ordliste"),
    ("monstre tallene", "Mønstre i tallene"),
    ("regnaerk", "Hent fra regneark"),
    ("delkerneopgave", "Delkerneopgave"),
];

/// The smallest accepted number of queries whose title comes first.
const ENOUGH: usize = 57;

/// The entries of records, for a person who works at Engskolen.
fn entries(records: &Records) -> Vec<SearchEntry> {
    let mut collected = RecordEntries::new(&Id::clone, Id::parse("engskolen"));
    for kind in COLLECTED_KINDS {
        for record in records.values().filter(|record| record.kind() == Some(kind)) {
            collected.add(record);
        }
    }
    let mut entries = fixed_entries(true);
    entries.extend(collected.into_entries());
    entries
}

fn made_municipality() -> Records {
    let at = Timestamp::parse("2026-08-12T08:00:00Z").unwrap();
    let author = Author { actor: Actor::from_random([3; 10]), at, by: None };
    let mut records = area::area().unwrap();
    records.extend(municipality::first_records(1500).unwrap());
    for (id, name, kind) in [
        ("moellehoej", "Møllehøj Skole", EnhedKind::Skole),
        ("solstraalen", "Børnehuset Solstrålen", EnhedKind::Boernehus),
        ("dagplejen", "Dagplejen Nord", EnhedKind::Dagpleje),
        ("familiehuset", "Familiehuset", EnhedKind::Familie),
    ] {
        let unit = Enhed { name: name.into(), kind: Some(kind), ..Enhed::default() };
        let id = Id::parse(id).unwrap();
        records.insert(id.clone(), Record::create(id, &unit, &author).unwrap());
    }
    records
}

#[test]
fn search_puts_the_meant_entry_first_for_queries_with_typing_errors() {
    let index = SearchIndex::new(entries(&made_municipality()));
    let mut misses = Vec::new();
    for (query, title) in QUERIES {
        let found = index.search(query, 12);
        let first = found.best.first().map_or("nothing", |entry| &entry.title);
        if first != title {
            misses.push(format!("«{query}» finds «{first}» and not «{title}»"));
        }
    }
    println!("{} of {} queries find what is meant first", QUERIES.len() - misses.len(), QUERIES.len());
    println!("{}", misses.join("\n"));
    assert!(QUERIES.len() - misses.len() >= ENOUGH, "{}", misses.join("\n"));
}

/// Tests that measure time. `cargo xtask test` runs no other tests at the same time.
mod timing {
    use super::*;

    /// The longest accepted time: a quarter of a frame of 16 ms, because wasm built for size is a few times slower.
    const LONGEST: Duration = Duration::from_millis(4);

    #[test]
    fn search_over_a_municipality_answers_a_key_at_once() {
        let index = SearchIndex::new(entries(&municipality::records().unwrap()));
        for query in ["s", "sk", "skole familie", "fællesskabet læring trivsel", "faelleskabet", "xyzxyz"] {
            let shortest = (0..9).map(|_| {
                let start = Instant::now();
                drop(index.search(query, 12));
                start.elapsed()
            });
            let shortest = shortest.min().unwrap();
            println!("«{query}» among {} entries: {shortest:?}", index.entries().len());
            assert!(shortest <= LONGEST, "«{query}»: {shortest:?}");
        }
    }
}
