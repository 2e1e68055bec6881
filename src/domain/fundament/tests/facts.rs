//! The facts of the documents, each with the item of the content that states it.

use super::*;
use crate::domain::aftale::lines;
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::instrument::{CORNER_WORDS, instrument};
use crate::domain::proevehandling::Tek;

/// A fact in short, the edition and the item that state it, and words that the item or its parts must contain. `*`
/// stands for no words: the item is enough.
type Fact = (&'static str, &'static str, &'static str);

/// The facts, by section of the documents. Words are separated by `|`.
const FACTS: &[Fact] = &[
    // Formål og mål
    ("four things are common", "bu-12/fire-faelles-ting", "ét formål|tilgange|systematik og opfølgning|adfærd"),
    ("solutions are found locally and differ", "bu-12/lokale-loesninger", "bedste løsninger|må og skal|forskellige"),
    (
        "what is expected of everyone",
        "bu-12/forventning-til-alle",
        "skole|dagtilbud|familie|administration|systematikken",
    ),
    ("vision", "bu-12/vision", "alle børn og unge skal have lys i øjnene og mestre eget liv"),
    ("motto", "bu-12/motto", "forskellige i fællesskab|står først|står størst"),
    ("drawing of the hierarchy of tasks", "bu-12/formaal", "én kerneopgave, fire kerneydelser og seks faglige opgaver"),
    (
        "use of the hierarchy of tasks",
        "bu-12/formaal",
        "flere niveauer|delkerneopgave|indsatser hænger på formålet|prioritér",
    ),
    ("the vision is the core task", "bu-12/kerneopgave", "visionen|lys i øjnene"),
    ("five parts of the earlier foundation", "bu-11/formaal", "én vision|fire syn|tilgange|fælles mål|opfølgning"),
    ("the child's life as a whole", "bu-11/hele-livet", "hele livet|ressourcer og succeser"),
    (
        "model of December 2018",
        "bu-12/sammenhaengsmodellen",
        "december 2018|2022–2025|gren på et træ|ni af målene i 2019",
    ),
    (
        "model, earlier edition",
        "bu-11/sammenhaengsmodellen",
        "december 2018|2022–2025|grene på et træ|ni af målene i 2019",
    ),
    ("model in the slides", "udkast/sammenhaengsmodellen", "december 2018|ni mål|2019"),
    ("why the model", "bu-12/hvorfor", "sammenhæng og retning|50 politikker og strategier siden 2007|overblikket"),
    ("what the model is", "bu-12/hvad", "fem temaer|kort vision|3–5 mål|langt færre"),
    ("how the model works", "bu-12/hvordan", "på tværs"),
    ("22 goals in the present edition", "bu-12/antal-maal", "22 mål i alt|21"),
    ("21 goals in the earlier edition", "bu-11/antal-maal", "21 mål i alt|22"),
    ("21 goals in the slides", "udkast/antal-maal", "21 mål i alt|22"),
    ("a branch crosses the organisation", "bu-12/gren-paa-tvaers", "krydser|politiske|administrative"),
    ("new demands, new competences", "bu-12/nye-krav", "nye krav|nye kompetencer|alle"),
    ("the council aims at a vision", "bu-12/model-vision", "ambitiøs vision"),
    ("the council aims at direction", "bu-12/model-retning", "klar politisk retning|højest prioritet|synligt"),
    ("the council aims at value", "bu-12/model-vaerdi", "mere værdi|helhed|sammenhæng|mødet med kommunen"),
    (
        "goal 1",
        "bu-12/maal-uddannelsesparat",
        "9. klasse|uddannelsesparate|mindst 2|dansk og matematik|9. eller 10. klasse",
    ),
    ("goal 2", "bu-12/maal-ungdomsuddannelse", "ungdomsuddannelse|fylder 25"),
    ("goal 3", "bu-12/maal-ensomme", "færre føler sig ensomme"),
    ("goal 4", "bu-12/maal-kvalifikationer", "unge og voksne|arbejdsmarkedet efterspørger"),
    ("goal 5", "bu-12/maal-arbejdsmarked", "tilknytning til arbejdsmarkedet|offentlig forsørgelse"),
    ("goal 6", "bu-12/maal-rygning", "halvt så mange unge ryger inden 2025|alle aldre"),
    ("goal 7", "bu-12/maal-kost", "sundt kostmønster"),
    ("goal 8", "bu-12/maal-aktive", "fysisk aktive"),
    ("goal 9", "bu-12/maal-baeredygtig", "miljø, økonomi og faglighed|intet måltal"),
    (
        "three pejlemærker, indicators may be replaced",
        "bu-12/pejlemaerker",
        "oversat|skiftes ud eller suppleres|data udvikler sig",
    ),
    ("why measure", "bu-12/maaling", "rigtige ting på den rigtige måde"),
    ("reason 1", "bu-12/grund-bidrag", "bidrager|modellens mål"),
    ("reason 2", "bu-12/grund-indsats", "fælles indsats|koordineret"),
    ("reason 3", "bu-12/grund-dialog", "resultaterne|lærer"),
    ("reason 4", "bu-12/grund-prioritering", "det, der virker|justerer praksis"),
    ("reason 5", "bu-12/grund-udvikling", "faglig udvikling"),
    ("reason 6", "bu-12/grund-historier", "viser resultater|gode historier|borgere"),
    ("reason 7", "bu-12/grund-faelles", "børnene er fælles|på tværs af fag"),
    ("figures", "bu-12/data-tal", "*"),
    ("assessments", "bu-12/data-vurderinger", "fagfolks"),
    ("knowledge and experience", "bu-12/data-erfaring", "barnet|forældrene|fagfolk"),
    ("data never stand alone", "bu-12/data-samtale", "aldrig alene|sammen|samtale"),
    ("data by cadence or situation", "bu-12/data-samtale", "fast takt|én situation"),
    ("data serve three things", "bu-12/data-tjener", "strategisk udvikling|stue|klasse|konkret barns trivsel|aldrig"),
    // Fælles tilgange
    ("membership weighs most", "bu-12/medlemskab", "lapper over|sidste bør veje tungest|maja loua haslebo"),
    (
        "the whole before own interests",
        "bu-12/organisatorisk-medlemskab",
        "helheden før|gøre deres bedste|ingen lykkes alene",
    ),
    ("reflection on membership", "bu-12/medlemskab-refleksion", "nu|bør"),
    (
        "double obligation",
        "bu-12/dobbelt-forpligtelse",
        "forpligtet|opgaven og forholdene|syn og tilgange|fælles for alle",
    ),
    ("views are revisited", "bu-12/syn-genbesoeg", "jævne mellemrum|sikrer og udvikler kvalitet"),
    ("views are revisited, earlier edition", "bu-11/syn-genbesoeg", "jævne mellemrum"),
    ("statement 1", "bu-12/voksnes-ansvar", "gør sit bedste|de voksnes ansvar"),
    ("statement 2", "bu-12/aktiv-deltagelse", "sunde fællesskaber er en ret|udvikler sig"),
    ("statement 3", "bu-12/vaerdifuld", "værdifuld|muligheder|nå længst muligt"),
    ("statement 4", "bu-12/egne-ben", "stå på egne ben"),
    ("statement 5", "bu-12/foraeldre-betyder", "ingen betyder mere"),
    ("statement 6", "bu-12/loefter-sammen", "kommer længst|løfter ansvaret"),
    ("statement 7", "bu-12/bedste-mening", "bedste mening"),
    ("statement 8", "bu-12/laere-at-laere", "lære at lære|strategier|gode vaner|fordybelse"),
    ("statement 9", "bu-12/flere-baner", "flere baner|overses"),
    ("statement 10", "bu-12/balance", "intenderede, realiserede, formelle og uformelle"),
    ("statement 11", "bu-12/gode-erfaringer", "andres gode erfaringer|vores egne"),
    ("statement 12", "bu-12/foer-nyt", "hvad der findes|bygger nyt"),
    ("statement 13", "bu-12/tre-faellesskaber", "eget sted|på tværs|helheden|hver sin vægt"),
    ("statement 14", "bu-12/hjaelp", "beder om hjælp|rækker den ud"),
    ("two tools when all units discuss", "bu-12/konkretiseringspyramide", "alle enheder|lever synene"),
    ("with prøvehandlinger", "bu-12/idegenerator", "prøvehandlinger"),
    (
        "others discuss too",
        "bu-12/syn-droeftelse",
        "forældrebestyrelser|netværk|gode eksempler|bu lederforum samler op",
    ),
    ("common ground of learning", "bu-12/laeringssyn", "fælles grundlag for børns læring|folder synet ud"),
    (
        "preferred practice",
        "bu-12/praksis",
        "børnesyn og læringssyn|trivsel, læring og sundhed|almene og specialiserede|stadig tilladt",
    ),
    ("context and preconceptions first", "bu-12/kontekst-foerst", "situationen|egne og andres forforståelser"),
    // Kvalitetshjulet
    (
        "purpose of the wheel",
        "bu-12/hjul-formaal",
        "én organisation|følger vi op|udvikler|deler viden|lokal og fælles praksis",
    ),
    ("element 1", "bu-12/dataindsamling", "sekretariatet|kvalitet|økonomi|sygefravær|mønstre og tendenser"),
    ("element 2", "bu-12/feedback", "bu lederforum og børne- og ungdomsudvalget|fællesmed giver feedback|temaerne"),
    ("element 2, earlier edition", "bu-11/feedback", "udvalgs- og ledelsesfeedback"),
    ("element 3", "bu-12/kvalitetssamtale", "rigets tilstand|bag tallene|indsatser|områdeleder og børnehusleder"),
    ("element 4", "bu-12/kvalitetsrapport", "tre trin før|effekten af udvalgte indsatser|lært"),
    ("element 5", "bu-12/sammenhaengsaftale", "to år|kvalitet, økonomi og medarbejdertrivsel|inddrager"),
    ("element 6", "bu-12/midtvejsstatus", "bu lederforum|siden aftalerne|hjælp"),
    ("earlier wheel", "udkast/hjul", "fem spor|organisationsniveau|fagspecifikke emner"),
    // Sammenhængsaftalen
    ("goals, leadership and effects", "bu-12/aftale", "mål, ledelse og effekter|to år|1. august 2021"),
    ("one steering tool", "bu-12/et-redskab", "fælles mål|helt lokale mål|effektmålene"),
    ("three areas", "bu-12/tre-omraader", "kvalitet, økonomi og medarbejdertrivsel"),
    ("short and long goals", "bu-12/korte-og-lange", "korte og lange"),
    ("choice of initiatives", "bu-12/indsatser", "tegn på progression|forventet effekt"),
    ("between levels 2 and 3", "bu-12/parter", "niveau 2 og 3"),
    ("levels 3 and 4 make agreements", "bu-12/niveau-4", "niveau 3 og 4|kvalitetssamtalen"),
    ("dialogue, revised once a year", "bu-12/revision", "ledelse og dialog|løbende|én gang om året"),
    ("signed", "bu-12/underskrift", "under"),
    ("counterparts at other levels", "bu-12/modpart", "niveau 4|direktøren"),
    ("who is involved", "bu-12/inddragelse", "lokalmed|medarbejdere|forældrebestyrelse|børn og unge"),
    ("records of the municipality", "bu-12/esdh", "aftale|kvalitetsrapporten|esdh"),
    // Mødefora
    (
        "geographic networks and why",
        "bu-12/geografisk-netvaerk",
        "kender, stoler på og respekterer|kerneopgaven|så vidt",
    ),
    ("BU Lederforum", "bu-12/bu-lederforum", "alle ledere|5–6 gange om året|strategi og taktik"),
    ("ledersamling", "bu-12/ledersamling", "to gange om året|fællesmed"),
    ("MED", "bu-12/med", "hele kommunen|dialog på flere niveauer|fællesmed"),
    ("names for MED", "bu-12/med-navne", "lokalmed og hovedmed"),
    ("boards of parents", "bu-12/foraeldrebestyrelser", "synene|modellen"),
    ("networks of leaders", "bu-12/ledernetvaerk", "aftalerne"),
    ("koordinerende lederforum", "bu-12/sys-lederforum", "fælles projekter|lokale initiativer|idéer og udfordringer"),
    // Den tværfaglige model
    ("purpose of the model", "bu-12/tvaerfaglig", "fagfolk og forældre omkring barnet|systematisk"),
    ("name and purpose only, earlier edition", "bu-11/tvaerfaglig", "fagfolk og forældre omkring barnet|systematisk"),
    ("one analysis at all levels", "bu-12/samme-analysemodel", "alle tre niveauer|forberede sig|hvad der ventes"),
    ("action cards", "bu-12/handlekort-til-moedet", "fælles måde"),
    ("approaches show", "bu-12/tilgange-ses", "vurderinger, beslutninger og handleplaner"),
    ("preparation sheet", "bu-12/kort-foer", "barn og forældre|forberede"),
    ("nothing about a child", "bu-12/intet-om-barnet", "intet om barnet|ingen navne eller initialer på børn"),
    ("TOPI", "bu-12/topi", "i tide og systematisk|udsathed"),
    ("systematic dialogue", "bu-12/sys-dialog", "leder og chef"),
    // Styring
    ("central frames, local ways", "bu-12/ledelsesgrundlag", "centralt|lokalt|andre steder|helheden|forskellighed"),
    ("central frames, earlier edition", "bu-11/ledelsesgrundlag", "centralt|lokalt|andre steder"),
    ("staff policy", "bu-12/personalepolitik", "mod"),
    ("MED-aftalen", "bu-12/med-vaerdier", "med-aftalens værdier"),
    ("Den dobbelte ambition", "bu-12/dobbelt-ambition", "direktionens strategiplan"),
    // Samlet procesplan
    ("posters are hung up, material made and packed", "bu-12/plan-kendskab-1", "laves og pakkes|hænges op"),
    ("talk in January", "bu-12/plan-kendskab-2", "januar|bu lederforum|tr og amr"),
    (
        "boards are informed, catalogues told about",
        "bu-12/plan-kendskab-5",
        "forældrebestyrelser|modellen|inspirationskatalogerne",
    ),
    ("stories and information", "bu-12/plan-kendskab", "lederne informerer|historier om god praksis"),
    (
        "row of the views",
        "bu-12/plan-syn",
        "inspirationsmateriale|de, der ønsker det|udvides|alle enheder|gode eksempler",
    ),
    ("row of the goals", "bu-12/plan-maal", "fællesmed|udvalget|hjulet|skabelon|prøvehandlinger"),
    ("discussion of the views", "bu-12/plan-syn-4", "prøvehandlinger|konkretiseringspyramide|idégenerator"),
    ("reports, agreements, satisfaction", "bu-12/plan-maal-3", "kvalitetsrapporter|ledernetværk|forældretilfredshed"),
    ("agreements in force", "bu-12/plan-maal-4", "1. august 2021"),
    ("relations", "bu-12/plan-relationer", "afdækning|inspirationsmateriale|relationel kapacitet|igen"),
    ("the plan is of the slides", "udkast/procesplan", "*"),
    // Adfærd
    ("fælles", "bu-12/vej-faelles", "forpligtende fællesskab|fælles mål|ingen lykkes alene"),
    ("tillid", "bu-12/vej-tillid", "uenige|nysgerrige|besluttet"),
    ("samskaber", "bu-12/vej-samskaber", "undersøger, beslutter og udfører|uddelegere|for hinanden"),
    ("på tværs", "bu-12/vej-paa-tvaers", "stærk ledelse og stærk faglighed"),
    ("viden", "bu-12/vej-viden", "erfaringen viser virker|mål, tegn på progression og forventet effekt"),
    ("data", "bu-12/vej-data", "hver af os|drøftelser og beslutninger"),
    ("opsøgende", "bu-12/opsoegende", "der findes|før du opfinder|netværkene"),
    ("søger og tilbyder hjælp", "bu-12/soeger-hjaelp", "svære|tilbyd|tag imod"),
    ("deler succeser", "bu-12/deler-succeser", "nysgerrig på andres|orienteret|dine egne"),
    ("local, across, connecting", "bu-12/lige-optaget", "samle lokalt|bygge bro|forbinde|lige vigtigt"),
    ("to everyone", "bu-12/adfaerd", "os alle"),
    ("the four to leaders, earlier edition", "bu-11/adfaerd", "fire forventninger lederne|skaber vi det sammen"),
    ("aim: coherence", "bu-11/sammenhaeng", "opleves stærkere|ejer den røde tråd"),
    ("aim: better conditions", "bu-11/bedre-vilkaar", "positive forventninger til hvert barn|insisterer|nye veje"),
    ("aim: less complexity", "bu-11/mindre-kompleksitet", "frigør tid og penge|fordybelse og højere kvalitet"),
    ("successes and mistakes", "bu-11/koordinering-paa-tvaers", "i dybden|succeser og fejl"),
    // Handlinger
    ("the relation carries", "bu-12/velfaerd", "relationen bærer udviklingen|askovfonden"),
    ("two kinds of welfare", "bu-12/velfaerd", "systemvelfærd og relationsvelfærd"),
    ("trust and the whole situation", "bu-12/velfaerd-tillid", "tillid|hele situationen"),
    ("from the family", "bu-12/fra-familien", "familiens egne behov, relationer og netværk"),
    ("causes before symptoms", "bu-12/aarsager-foerst", "årsager før symptomer"),
    ("civil society near and strategic", "bu-12/civilsamfund", "frivillige|ligeværdige|hus|skole|strategisk"),
    ("delegation", "bu-12/delegering", "klare mål|systematik for beslutninger"),
    (
        "what is criticised",
        "bu-12/velfaerd-kritik",
        "specialiserede|symptomer|ydelser|løse opgaven|afmagt og stress|for lidt støtte",
    ),
    ("why the general area", "bu-12/hvorfor-almen", "udhuler|den enkelte|uddannelse og arbejde"),
    ("two keys", "bu-12/to-noegler", "fælles om synene|foretrukne praksis|børn, forældre og deres nære netværk"),
    ("knowledge together, scaled", "bu-12/almenomraadet", "trives i de almene tilbud|i fællesskab|breder vi ud"),
    ("positive deviations", "bu-12/positive-afvigelser", "allerede|mod alle odds"),
    ("trials", "bu-12/proevehandlinger", "småt|afgrænset tid"),
    ("prototypes", "bu-12/prototyper", "*"),
    (
        "forecasts and fewer students",
        "bu-12/arbejdskraft",
        "prognoserne|velfærdsuddannelserne|faglighed og forestillingsevne",
    ),
    ("a shared duty", "bu-12/tek", "fælles opgave|teknologi|plejer|lovens rum|vokse sammen"),
    ("corner Effekt means efficiency", "bu-12/tek-effektivitet", "effektivitet"),
    ("levers hold trials", "bu-12/greb-og-proever", "prøvehandling"),
    ("digital solutions", "bu-12/digitalisering", "løsninger, automatisering og teknologi|effektivt"),
    ("share knowledge", "bu-12/del-viden", "del viden"),
    ("keep a systematics", "bu-12/hold-system", "systematik i arbejdet"),
    ("competence", "bu-12/digitale-kompetencer", "bliv ved|kendte og nye"),
    // Job & Velfærd
    (
        "core task",
        "jv/jv-vision",
        "samarbejde med borgeren om et selvstændigt, meningsfuldt og aktivt liv – hele livet",
    ),
    (
        "strategy plan and what it goes with",
        "jv/strategiplan",
        "den dobbelte ambition|ledelsesgrundlag|personalepolitiske|med-aftale",
    ),
    ("staff", "jv/medarbejdere", "omkring 3.600"),
    ("budget", "jv/budget", "2,9 mia. kr."),
    ("demography", "jv/demografi", "ældre|arbejdsdygtige"),
    ("growth in the economic frame", "jv/vaekst", "nul eller negativ vækst i den økonomiske ramme"),
    ("the citizen is the pivot", "jv/borgeren", "omdrejningspunktet"),
    ("decisions are carried out", "jv/politiske-beslutninger", "loyalt"),
    ("support and challenge", "jv/mestring", "støttes og udfordres"),
    ("policies", "jv/politikker", "sundhedspolitik|socialpolitik|senior- og værdighedspolitik|beskæftigelsesplan"),
    ("precondition 1", "jv/klare-maal", "mål og retning"),
    ("precondition 2", "jv/ressourcer", "bedst muligt"),
    ("precondition 3", "jv/helhed", "helhed og sammenhæng"),
    ("precondition 4", "jv/vidensdeling", "deles mere"),
    ("coherence, why", "jv/sammenhaengskraft-hvorfor", "flere og sværere|de samme eller færre|fire politikområder"),
    ("coherence, what", "jv/sammenhaengskraft-hvad", "summen|med borgeren|politik bliver til praksis"),
    (
        "coherence, how",
        "jv/sammenhaengskraft-hvordan",
        "borgere, virksomheder og partnere|lean|muligheder|den, der kan, gør",
    ),
    ("leadership, why", "jv/ledelse-hvorfor", "opad, nedad og på tværs"),
    (
        "leadership, what",
        "jv/ledelse-hvad",
        "retning, koordinering og engagement|rollemodel og ambassadør|fælles billeder",
    ),
    ("leadership, how", "jv/ledelse-hvordan", "chefgruppen|stabsfunktionerne|budgetaftalen"),
    ("across, why", "jv/indsatsomraader-hvorfor", "sværere|flere fag og sektorer"),
    ("some tasks are for one profession", "jv/indsatsomraader", "bedst af ét fag"),
    ("across, what", "jv/indsatsomraader-hvad", "ungeledighed|sundhedsområdet, herunder forebyggelse|flygtninge"),
    (
        "across, how",
        "jv/indsatsomraader-hvordan",
        "tværgående udvalg for ledige unge|sundhedsstyregruppen|alle niveauer",
    ),
    ("six criteria of success", "jv/kriterier", "mål og retning|koordineres|tilfredse|sammenhængende|trives|sund"),
];

fn item(place: &str) -> &'static FundamentItem {
    let (edition_id, id) = place.split_once('/').unwrap();
    let found = edition(edition_id).and_then(|edition| edition.find(id));
    found.unwrap_or_else(|| panic!("{place} is not in the content"))
}

/// Returns the labels of the items of a sort.
fn labels(edition_id: &str, sort: Sort) -> Vec<&'static str> {
    edition(edition_id).unwrap().of_sort(sort).map(|item| item.label.as_str()).collect()
}

#[test]
fn each_fact_is_stated_by_its_item() {
    for (fact, place, words) in FACTS {
        let texts = item(place).all().flat_map(|item| [item.label.as_str(), &item.text, &item.target]);
        let text = texts.collect::<Vec<_>>().join("\n").to_lowercase();
        let missing: Vec<&str> = words.split('|').filter(|word| *word != "*" && !text.contains(*word)).collect();
        assert!(missing.is_empty(), "{fact}: {place} lacks {missing:?}\n{text}");
    }
}

#[test]
fn council_goals_have_their_themes_and_targets_in_order() {
    let expected = [
        ("Læring og uddannelse", "92 % i 2025 (andelen med mindst 2)"),
        ("Læring og uddannelse", "90 %"),
        ("Oplevelser og fællesskaber", "lavere"),
        ("Vækst og socialt ansvar", "højere"),
        ("Vækst og socialt ansvar", "højere / lavere"),
        ("Sundhed", "−50 % / −20 %"),
        ("Sundhed", "88 % i 2025"),
        ("Sundhed", "mindst 85 % i 2025"),
        ("Bæredygtighed", ""),
    ];
    for id in ["bu-12", "bu-11", "udkast"] {
        let edition = edition(id).unwrap();
        let theme = |goal: &FundamentItem| edition.find(goal.on.first().unwrap()).unwrap().label.as_str();
        let goals: Vec<_> = edition.of_sort(Sort::Goal).map(|goal| (theme(goal), goal.target.as_str())).collect();
        assert_eq!(goals, expected, "{id}");
    }
    let numbers_of = |pejlemaerke: &str| -> Vec<usize> {
        let goals: Vec<&str> = edition("bu-12").unwrap().of_sort(Sort::Goal).map(|goal| goal.id.as_str()).collect();
        let on = item(pejlemaerke).on.iter();
        on.map(|id| goals.iter().position(|goal| goal == id).unwrap() + 1).collect()
    };
    for id in ["bu-12", "bu-11"] {
        let numbers = ["p-uddannelse", "p-ensomme", "p-sunde"].map(|goal| numbers_of(&format!("{id}/{goal}")));
        assert_eq!(numbers, [vec![1, 2, 4, 5, 9], vec![3, 9], vec![6, 7, 8, 9]], "{id}");
    }
}

/// The drawing has one common core task, four core services under it, and six professional tasks under those.
#[test]
fn tasks_stand_on_three_levels_as_in_the_drawing() {
    let edition = edition("bu-12").unwrap();
    let below = |above: &FundamentItem| -> Vec<&FundamentItem> {
        edition.of_sort(Sort::Task).filter(|task| task.on.contains(&above.id)).collect()
    };
    let core = edition.of_sort(Sort::Task).find(|task| task.on.is_empty()).unwrap();
    let services = below(core);
    let professional: Vec<usize> = services.iter().map(|&service| below(service).len()).collect();
    assert_eq!((services.len(), professional.iter().sum::<usize>()), (4, 6), "{professional:?}");
}

#[test]
fn goals_of_a_past_year_are_history() {
    let past_years = |today: &str| -> Vec<Option<u16>> {
        let today = Date::parse(today).unwrap();
        edition("bu-12").unwrap().of_sort(Sort::Goal).map(|goal| goal.past_year(today)).collect()
    };
    let (no, year) = (None, Some(2025));
    assert_eq!(past_years("2026-01-01"), [year, no, no, no, no, year, year, year, no]);
    assert_eq!(past_years("2025-12-31"), [no; 9]);
    let today = Date::parse("2026-01-01").unwrap();
    assert_eq!(item("bu-12/sammenhaengsmodellen").past_year(today), None, "only a goal is history");
}

#[test]
fn indicators_of_both_editions_are_those_of_the_documents() {
    let names = |id: &str| -> Vec<Vec<&str>> {
        let names = |item: &'static FundamentItem| item.parts.iter().map(|part| part.label.as_str()).collect();
        edition(id).unwrap().of_sort(Sort::Pejlemaerke).map(names).collect()
    };
    let first = [
        "Fravær reduceres",
        "Færre med højt fravær",
        "Den faglige trivsel styrkes",
        "Flere inkluderes på almenområdet",
        "Flere får en forebyggende/tidlig indsats",
        "Flere er i positiv sproglig udvikling",
        "De unge oplever sig inddraget",
        "Flere unge har et fritidsjob",
    ];
    let without = |left_out: &str| first.into_iter().filter(|name| *name != left_out).collect::<Vec<_>>();
    let second =
        ["Den sociale trivsel styrkes", "Flere oplever at have en ven/netværk", "Flere indgår i sunde fællesskaber"];
    let third = ["Færre er overvægtige", "Flere er aktive i idrætsforeninger"];
    assert_eq!(names("bu-12"), [without(first[4]), second.to_vec(), third.to_vec()]);
    let earlier_third = vec![third[0], "Flere indgår i fritidstilbud"];
    assert_eq!(names("bu-11"), [without(first[7]), second[..2].to_vec(), earlier_third]);
    let pejlemaerker = [
        "Flere skal have en ungdomsuddannelse (og en tilknytning til arbejdsmarkedet)",
        "Færre føler sig ensomme",
        "Flere er sunde og fysisk aktive",
    ];
    assert_eq!(labels("bu-12", Sort::Pejlemaerke), pejlemaerker);
    assert_eq!(labels("bu-11", Sort::Pejlemaerke), pejlemaerker);
}

#[test]
fn labels_are_written_as_in_the_documents() {
    for (edition, sort, expected) in [
        (
            "bu-12",
            Sort::Theme,
            "Læring og uddannelse|Oplevelser og fællesskaber|Vækst og socialt ansvar|Sundhed|Bæredygtighed",
        ),
        ("bu-12", Sort::Syn, "Børnesyn|Forældresyn|Læringssyn|Samarbejdssyn"),
        (
            "bu-12",
            Sort::Practice,
            "Konteksten og forforståelserne først|Læringsmiljøet tilpasses barnet|Miljøet for hele gruppen før støtte til den enkelte|Variation, så forskellige børn skiftes til at stå stærkt",
        ),
        ("bu-12", Sort::Field, "Personlighed|Faglighed|Organisatorisk medlemskab"),
        ("bu-12", Sort::Way, "Fælles|Tillid|Samskaber|På tværs|Viden|Data"),
        ("bu-12", Sort::Expectation, "Opsøgende|Søger og tilbyder hjælp|Deler succeser|Lokalt, på tværs og i helheden"),
        ("bu-12", Sort::Corner, "Trivsel|Effekt|Kvalitet"),
        (
            "bu-12",
            Sort::Lever,
            "Flere på arbejde|Mobilisere borgere og civilsamfund|Prioritere, gentænke og øge produktiviteten",
        ),
        ("bu-12", Sort::Method, "Positive afvigelser|Prøvehandlinger|Prototyper"),
        ("bu-12", Sort::Tool, "Konkretiseringspyramide|Idégenerator"),
        ("bu-12", Sort::Level, "De lokale praksisfællesskaber|Tværfagligt mødeforum|Tværfagligt myndighedsforum"),
        ("bu-12", Sort::System, "Den tværfaglige model|TOPI|Koordinerende lederforum|Systematisk dialog"),
        ("bu-12", Sort::Row, "Kendskab til Sammenhængsmodellen og FiF|De fire syn|Fælles mål|Relationer"),
        ("udkast", Sort::Track, "BU – fælles spor|F&R-spor|Skolespor|DT-spor|Institutionsspor"),
        ("jv", Sort::Area, "Kerneopgave og sammenhængskraft|Ledelse|Tværgående indsatsområder"),
    ] {
        assert_eq!(labels(edition, sort).join("|"), expected, "{sort:?}");
    }
    let steps = item("udkast/hjul").parts_of(Sort::Step).map(|step| step.label.as_str()).collect::<Vec<_>>().join("|");
    assert_eq!(
        steps,
        "Indsamling af data|Analyse af data|Kvalitetssamtale|Udarbejdelse af kvalitetsrapport|Udarbejdelse af sammenhængsaftaler|Midtvejssamtale"
    );
}

/// The rows are pejlemærker, the columns ages, and the numbers count the goals of each cell.
#[test]
fn draft_goals_stand_in_a_matrix_and_name_the_indicators_of_today() {
    let rows: Vec<&FundamentItem> = item("udkast/maal-matrix").parts_of(Sort::Row).collect();
    let sizes: Vec<Vec<usize>> =
        rows.iter().map(|row| row.parts.iter().map(|cell| cell.parts.len()).collect()).collect();
    assert_eq!(sizes, [[4, 6, 3], [2, 2, 2], [2, 3, 3]]);
    for row in &rows {
        let ages: Vec<&str> = row.parts.iter().map(|cell| cell.label.as_str()).collect();
        assert_eq!(ages, ["De mindre børn", "De skolesøgende børn", "De unge"], "{}", row.id);
    }
    let names: Vec<(&str, &str)> = rows.iter().map(|row| (row.label.as_str(), row.text.as_str())).collect();
    assert_eq!(
        names,
        [
            ("Flere skal have en ungdomsuddannelse", "Også: Flere udsatte børn og unge skal have en uddannelse."),
            ("Færre børn og unge skal føle sig ensomme", "Også: Alle skal have en ven."),
            ("Børn og unge skal have sunde vaner", "Også: Børn og unge skal være fysisk aktive."),
        ]
    );
    let goals: Vec<&FundamentItem> = rows.iter().flat_map(|row| &row.parts).flat_map(|cell| &cell.parts).collect();
    let vulnerable: Vec<&str> =
        goals.iter().filter(|goal| goal.text.contains("udsatte")).map(|goal| goal.id.as_str()).collect();
    assert_eq!(vulnerable, ["udd-smaa-3", "udd-skole-4", "udd-unge-2", "udd-unge-3"]);
    let present = present_edition().unwrap();
    for id in goals.iter().flat_map(|goal| &goal.on) {
        assert!(present.find(id).is_some() || id == "tidlig-indsats", "{id} is an indicator of today");
    }
    assert!(goals.iter().filter(|goal| !goal.on.is_empty()).count() >= 19);
}

#[test]
fn pages_of_the_municipality_have_their_places() {
    let present = present_edition().unwrap();
    let slots: Vec<&FundamentItem> = present.of_sort(Sort::Slot).collect();
    for slot in &slots {
        assert!(Id::parse(&slot.id).is_some(), "the address is stored under the id «{}»", slot.id);
    }
    let ids = |is_proposal: bool| -> Vec<&str> {
        slots.iter().filter(|slot| slot.proposal == is_proposal).map(|slot| slot.id.as_str()).collect()
    };
    let of_documents =
        ["seneste-foranalyse", "medlemskab-side", "lederseminar-2021", "seneste-kvalitetsrapport", "tvaerfaglig-side"];
    assert_eq!(ids(false), of_documents);
    for id in ["topi-side", "ledelsesgrundlag-side", "mod-side", "med-aftale-side", "faelles-grundlag"] {
        assert!(ids(true).contains(&id), "{id}");
    }
}

#[test]
fn corners_of_the_tek_triangle_are_weighed_in_the_same_words_everywhere() {
    let instrument = instrument("tek").unwrap();
    for (point, words) in (-2..=2).zip(CORNER_WORDS) {
        assert_eq!(instrument.point(&instrument.items[0], point), words);
        let tek = Tek { effekt: Some(point), ..Tek::default() };
        assert_eq!(lines::tek(tek), format!("effekt {}", words.to_lowercase()));
    }
}
