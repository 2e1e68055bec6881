use super::*;

/// Practices: title and words.
const PRACTICES: [(&str, &str); 40] = [
    (
        "Morgenhilsen ved lågen",
        "En voksen står ved lågen hver morgen og hilser på alle børn ved navn, så aflevering bliver rolig",
    ),
    (
        "Opkald samme dag",
        "Vi ringer hjem samme formiddag, når en elev ikke er mødt, og spørger, hvad der skal til for at komme i morgen",
    ),
    (
        "Legegrupper på tværs af stuer",
        "Fire børn fra hver sin stue mødes to gange om ugen i en fast legegruppe med en pædagog",
    ),
    ("Makkerlæsning", "Store elever læser højt for de små i indskolingen tyve minutter hver fredag"),
    ("Rolige garderober", "Vi sender kun fem børn ad gangen i garderoben, så påklædningen kan ske i ro"),
    ("Måltidet som fællesskab", "De voksne spiser med ved frokosten og taler med børnene om dagen"),
    ("Walk and talk med unge", "En gåtur med kontaktlæreren i stedet for en samtale på kontoret"),
    (
        "Fritidsjob-café",
        "Lokale virksomheder kommer på skolen og fortæller om fritidsjob; vi hjælper de unge med at skrive en ansøgning",
    ),
    ("Bedsteforældre i dagplejen", "Frivillige ældre besøger dagplejen hver onsdag og læser bøger med børnene"),
    ("Forældrekaffe om torsdagen", "Vi åbner en time tidligere med kaffe, så forældre kan lære hinanden at kende"),
    (
        "Dialogisk læsning i små grupper",
        "Pædagogen læser den samme bog flere gange med tre børn og stiller åbne spørgsmål, så ordforrådet vokser",
    ),
    ("Sprogposer med hjem", "Børn låner en pose med en bog og ting, så familien kan tale om den derhjemme"),
    ("Foreningsdag", "Idrætsforeningerne prøver deres sport af med eleverne i skoletiden, og børnene får en prøvetime"),
    ("Stille pause", "Et klasseværelse er åbent i frikvarteret for dem, der har brug for ro"),
    ("Legepatrulje", "Elever fra 6. klasse sætter lege i gang i skolegården, så ingen står alene"),
    ("Overgangsbesøg", "Børnehaven besøger den nye skole hver måned det sidste halve år inden skolestart"),
    ("Fælles skema til afbud", "Vikardækningen flyttes til et digitalt skema, så lederen slipper for at ringe rundt"),
    ("Kortere møder", "Personalemødet skæres til tre kvarter, og orientering skrives i stedet"),
    (
        "Sygefraværssamtale på dag fem",
        "Lederen ringer til den syge medarbejder på femte dag for at høre, hvordan vi kan hjælpe",
    ),
    (
        "Børnenes råd",
        "To børn fra hver gruppe mødes med lederen en gang om måneden og bestemmer noget, der bliver til noget",
    ),
    ("Venskabsfamilier", "Nye familier får en fast familie, der inviterer dem med i klassens fællesskab"),
    ("Bevægelse i timerne", "Hver lektion har ti minutters bevægelse, som eleverne selv leder"),
    ("Grøntsager først", "Til eftermiddagsmaden serveres grønt, før der kommer brød på bordet"),
    (
        "Tidlig opsporing ved sparring",
        "Hver tredje uge drøfter personalet deres undren sammen med sundhedsplejen og PPR",
    ),
    (
        "Netværksmøde i hjemmet",
        "Familierådgiveren holder mødet hjemme hos familien og inviterer dem, familien selv vælger",
    ),
    ("Ungeambassadører", "Unge interviewer andre unge om, hvad der gør dem ensomme, og fortæller det til byrådet"),
    ("To-lærerordning i matematik", "To lærere underviser sammen, så elever med vanskeligheder kan blive i klassen"),
    (
        "Piktogrammer på alle stuer",
        "Dagens gang vises med billeder, så børn med behov for struktur ved, hvad der skal ske",
    ),
    ("Udeskole", "Klassen har undervisning i skoven hver onsdag hele året"),
    ("Frivillige lektiehjælpere", "Pensionerede lærere hjælper med lektier på biblioteket to eftermiddage om ugen"),
    (
        "Tale til tekst",
        "Pædagogerne dikterer deres beskrivelser i stedet for at skrive dem, så der bliver mere tid til børnene",
    ),
    ("Aftenåbent i klubben", "Klubben holder åbent fredag aften med mad, som de unge selv laver"),
    ("Mentor til afgangsklassen", "Elever i 9. klasse får en voksen fra en lokal arbejdsplads som mentor"),
    ("Færre skift i løbet af dagen", "Børnene bliver i samme gruppe hele formiddagen, og voksne skifter i stedet"),
    ("Sovetid ude", "Alle de små sover ude i barnevogn, og vi måler, om de falder hurtigere i søvn"),
    ("Fælles faglig time", "Skole og fritidstilbud planlægger sammen en time om ugen"),
    ("Trivselsmåling med opfølgning", "Klassen vælger selv to ting fra trivselsmålingen, som de vil ændre på en måned"),
    ("Cykel til skole", "Forældre skiftes til at cykle med børnene til skole i en cykelbus"),
    ("Anerkendende brev", "Læreren sender et brev hjem om noget, barnet er lykkedes med"),
    ("Skærmfri formiddag", "Telefonerne ligger i et skab til middag, og der er brætspil i pauserne"),
];

/// Ideas in other words, each with the title of the practice that is found among the first three.
const IDEAS: [(&str, &str); 20] = [
    ("vi vil tage imod børnene ved døren om morgenen så afleveringerne bliver bedre", "Morgenhilsen ved lågen"),
    ("ringe til hjemmet når eleven mangler", "Opkald samme dag"),
    ("faste legegrupper", "Legegrupper på tværs af stuer"),
    ("læsemakkere mellem store og små elever", "Makkerlæsning"),
    ("ro i garderoben", "Rolige garderober"),
    ("spise sammen med børnene", "Måltidet som fællesskab"),
    ("samtaler med unge mens man går en tur", "Walk and talk med unge"),
    ("fritidsjobs til de unge", "Fritidsjob-café"),
    ("frivillige bedsteforældre læser højt", "Bedsteforældre i dagplejen"),
    ("kaffemorgen for forældrene", "Forældrekaffe om torsdagen"),
    ("dialoglæsning for et bedre ordforråd", "Dialogisk læsning i små grupper"),
    ("prøvetimer i idrætsforening", "Foreningsdag"),
    ("ingen børn alene i skolegårdens frikvarterer", "Legepatrulje"),
    ("besøge skolen før skolestarten", "Overgangsbesøg"),
    ("sygefravær: tidlig samtale med medarbejderen", "Sygefraværssamtale på dag fem"),
    ("elevrådet bestemmer: børns medbestemmelse", "Børnenes råd"),
    ("lektiehjælp på biblioteket", "Frivillige lektiehjælpere"),
    ("mobiltelefoner væk i pausen", "Skærmfri formiddag"),
    ("undervise ude i skov og natur", "Udeskole"),
    ("diktering frem for skriftlig dokumentation", "Tale til tekst"),
];

/// Ideas that were written when the code was done.
const HELD_BACK: [(&str, &str); 20] = [
    ("Vi vil stå ude ved lågen og sige godmorgen til hvert barn", "Morgenhilsen ved lågen"),
    ("Jeg vil gerne ringe til forældrene samme dag, når en elev ikke kommer", "Opkald samme dag"),
    ("De store elever kunne læse med de små en gang om ugen", "Makkerlæsning"),
    ("Færre børn ad gangen i garderoben, når vi skal ud", "Rolige garderober"),
    ("Pædagogerne sætter sig med til frokosten og taler med børnene", "Måltidet som fællesskab"),
    ("Jeg vil tage på gåtur med de unge, når vi skal snakke", "Walk and talk med unge"),
    ("Kan vi hjælpe de unge med at finde et fritidsjob?", "Fritidsjob-café"),
    ("Vi inviterer nogle ældre til at læse for børnene i dagplejen", "Bedsteforældre i dagplejen"),
    ("Forældrene kunne mødes over en kop kaffe, inden de skal på arbejde", "Forældrekaffe om torsdagen"),
    ("Børnene får en taske med bøger med hjem, så familien kan læse sammen", "Sprogposer med hjem"),
    ("Et stille lokale i frikvarteret til dem, der har brug for en pause", "Stille pause"),
    ("Nogle af de store elever skal lave lege med de andre i skolegården", "Legepatrulje"),
    ("Børnehavebørnene skal på besøg i skolen, før de begynder i 0. klasse", "Overgangsbesøg"),
    ("Vi bruger for lang tid på personalemøder og vil gøre dem kortere", "Kortere møder"),
    ("Børnene skal have mere at bestemme, og vi vil holde møder med dem hver måned", "Børnenes råd"),
    ("Nye familier i klassen skal have en anden familie at støtte sig til", "Venskabsfamilier"),
    ("Eleverne skal bevæge sig mere i løbet af timerne", "Bevægelse i timerne"),
    ("Undervisningen skal flyttes ud i skoven en dag om ugen", "Udeskole"),
    ("Vi vil sende et brev hjem, når noget er lykkedes for et barn", "Anerkendende brev"),
    ("Vi vil have telefonerne væk om formiddagen og spille spil i pauserne", "Skærmfri formiddag"),
];

fn index_of(practices: &[(&str, &str)]) -> SimilarityIndex {
    let texts: Vec<_> = practices.iter().map(|(title, words)| ((*title).to_owned(), (*words).to_owned())).collect();
    SimilarityIndex::new(&texts)
}

fn index() -> SimilarityIndex {
    index_of(&PRACTICES)
}

/// Returns the ideas whose practice is not among the first three, with what was found instead.
fn missed(ideas: &[(&str, &str)]) -> Vec<String> {
    let index = index();
    let found = |idea: &str| index.most_similar(idea, 3).into_iter().map(|text| PRACTICES[text].0).collect::<Vec<_>>();
    let missed = ideas.iter().filter(|(idea, title)| !found(idea).contains(title));
    missed.map(|(idea, title)| format!("{idea}: {title} is not among {:?}", found(idea))).collect()
}

#[test]
fn idea_finds_similar_practice_among_the_first_three() {
    let (known, held_back) = (missed(&IDEAS), missed(&HELD_BACK));
    assert!(known.len() <= 2, "{known:#?}");
    assert!(held_back.len() <= 2, "{held_back:#?}");
}

/// A unit begins with little practice. Its first one must be found as well as one of many.
#[test]
fn idea_finds_similar_practice_that_is_the_only_one_here() {
    let mut missed = Vec::new();
    for (idea, title) in IDEAS {
        let only: Vec<_> = PRACTICES.into_iter().filter(|(other, _)| *other == title).collect();
        if index_of(&only).most_similar(idea, 3) != [0] {
            missed.push(idea);
        }
    }
    assert!(missed.len() <= 2, "{missed:#?}");
}

#[test]
fn text_about_something_else_finds_nothing() {
    let index = index();
    for text in ["", "x", "og det er for", "budgetopfølgning i andet kvartal", "nyt tag på gymnastiksalen", "zzz qqq"]
    {
        let found: Vec<_> = index.most_similar(text, 3).into_iter().map(|text| PRACTICES[text].0).collect();
        assert_eq!(found, [""; 0], "{text}");
    }
    assert!(SimilarityIndex::new(&[]).most_similar("ro i garderoben", 3).is_empty());
}

#[test]
fn spelling_inflection_and_compounds_are_forgiven() {
    let index = index();
    for (text, title) in [
        ("Rolige garderober", "Rolige garderober"),
        ("GARDEROBE ro", "Rolige garderober"),
        ("legegruppen", "Legegrupper på tværs af stuer"),
        ("sygefravaer", "Sygefraværssamtale på dag fem"),
        ("lektie hjælp", "Frivillige lektiehjælpere"),
    ] {
        let found = index.most_similar(text, 1).into_iter().map(|text| PRACTICES[text].0).collect::<Vec<_>>();
        assert_eq!(found, [title], "{text}");
    }
}
