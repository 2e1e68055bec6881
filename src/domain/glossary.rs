//! The word list: the terms of the documents and of the app, each explained in one or two sentences.

/// A term of the word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The permanent id, which addresses contain.
    pub id: &'static str,
    /// The term.
    pub word: &'static str,
    /// The meaning of the term.
    pub meaning: &'static str,
    /// The address of a page where the term is used.
    pub address: &'static str,
    /// The name of that page, as the text of the link.
    pub page: &'static str,
}

const fn term(
    id: &'static str,
    word: &'static str,
    meaning: &'static str,
    address: &'static str,
    page: &'static str,
) -> Term {
    Term { id, word, meaning, address, page }
}

/// All terms, in the order of the Danish alphabet.
pub const TERMS: &[Term] = &[
    term(
        "almenomraadet",
        "Almenområdet",
        "De tilbud, der er for alle børn: dagtilbud, skole og klub. Målet er, at flere børn trives dér uden at skulle et andet sted hen.",
        "#/fundament/bu-12/almenomraadet",
        "Almenområdet i fundamentet",
    ),
    term(
        "bu-lederforum",
        "BU Lederforum",
        "Alle ledere, der har en chef som nærmeste leder. De mødes fem til seks gange om året, prioriterer temaer og gør status midtvejs.",
        "#/fundament/bu-12/forummer",
        "Mødefora i fundamentet",
    ),
    term(
        "cyklus",
        "Cyklus",
        "En omgang i hjulet: otte kvartaler fra 4. kvartal i et ulige år. Tal, samtaler og aftaler i den samme cyklus hører sammen.",
        "#/hjulet",
        "Kvalitetshjulet",
    ),
    term(
        "datapakke",
        "Datapakke",
        "Det, sekretariatet sender ud i begyndelsen af en cyklus: tal, mønstre, temaer og datoer. Du åbner den som en fil.",
        "#/datapakke",
        "Datapakken",
    ),
    term(
        "delkerneopgave",
        "Delkerneopgave",
        "En enheds egen del af den fælles kerneopgave. Den hænger altid på niveauet over.",
        "#/fundament/bu-12/formaal",
        "Formål i fundamentet",
    ),
    term(
        "dialognote",
        "Dialognote",
        "Det, samtalen om et tal ender med: et spørgsmål, en mulig forklaring og en mulig indsats. Den kan blive til et mål eller en prøvehandling.",
        "#/indikatorer",
        "Indikatorer",
    ),
    term(
        "enhed",
        "Enhed",
        "Det sted, du arbejder: en skole, et dagtilbud, et børnehus, en klub, et familietilbud eller en administration. Tal, aftaler og prøvehandlinger hører til en enhed.",
        "#/enheder",
        "Enheder",
    ),
    term(
        "facilitator",
        "Facilitator",
        "Den, der leder en workshop og styrer, hvad der vises. Deltagernes svar samles kun på facilitatorens egen maskine.",
        "#/workshop",
        "Workshop",
    ),
    term(
        "foranalyse",
        "Foranalyse",
        "Sekretariatets første blik på tallene, før nogen taler om dem. Den peger på mønstre og tendenser, ikke på skyld.",
        "#/indikatorer/moenstre",
        "Mønstre i tallene",
    ),
    term(
        "foretrukken-praksis",
        "Foretrukken praksis",
        "Fire billeder af, hvordan vi helst griber det an, når et barn har det svært. Vi begynder med miljøet omkring barnet.",
        "#/fundament/bu-12/praksis",
        "Foretrukken praksis i fundamentet",
    ),
    term(
        "forventet-effekt",
        "Forventet effekt",
        "Det, der gerne skal være anderledes, når en indsats har virket. Du skriver den, før I går i gang, så I kan se efter bagefter.",
        "#/aftale",
        "Aftale",
    ),
    term(
        "fundament",
        "Fundament",
        "Det, arbejdet i en forvaltning bygger på: formål, mål, syn, tilgange og systematik. Appen har flere udgaver ved siden af hinanden.",
        "#/fundament",
        "Fundamentet",
    ),
    term(
        "faelles-maal",
        "Fælles mål",
        "Et mål, som flere enheder arbejder for, og som regel følger de samme indikatorer. I aftalen står de sammen med jeres lokale mål.",
        "#/aftale",
        "Aftale",
    ),
    term(
        "faellesmed",
        "FællesMED",
        "Medarbejdernes og ledelsens fælles udvalg på tværs af området. Det giver sin feedback, før temaerne lægges fast.",
        "#/hjulet/feedback",
        "Feedback i hjulet",
    ),
    term(
        "idegenerator",
        "Idégenerator",
        "En øvelse, der begynder med mange idéer og ender med én, som I prøver af.",
        "#/pyramide",
        "Fra ord til handling",
    ),
    term(
        "indgaaet",
        "Indgået",
        "En aftale, som begge parter har sagt ja til, med de samme ord. Derefter kan teksten kun ændres i en ny version.",
        "#/aftale",
        "Aftale",
    ),
    term(
        "indikator",
        "Indikator",
        "Noget, der kan tælles eller måles, og som siger noget om et pejlemærke, for eksempel fravær. Tallet åbner en samtale og giver sjældent svaret alene.",
        "#/indikatorer",
        "Indikatorer",
    ),
    term("indsats", "Indsats", "Det, I vil gøre for at nå et mål: hvad, hvem og hvornår.", "#/aftale", "Aftale"),
    term(
        "kerneopgave",
        "Kerneopgave",
        "Den opgave, alle i Børn & Unge er fælles om. Alle andre opgaver skal kunne føres tilbage til den.",
        "#/fundament/bu-12/formaal",
        "Formål i fundamentet",
    ),
    term(
        "kerneydelse",
        "Kerneydelse",
        "En af de store ydelser, der tilsammen løser kerneopgaven. Under den ligger de faglige opgaver.",
        "#/fundament/bu-12/formaal",
        "Formål i fundamentet",
    ),
    term(
        "konkretiseringspyramide",
        "Konkretiseringspyramide",
        "En øvelse, der fører et udsagn ned til det, man kan se og høre i hverdagen.",
        "#/pyramide",
        "Fra ord til handling",
    ),
    term(
        "kvalitetshjul",
        "Kvalitetshjul",
        "De seks trin, som alle enheder går igennem på to år: data, feedback, samtale, rapport, aftale og status.",
        "#/hjulet",
        "Kvalitetshjulet",
    ),
    term(
        "kvalitetsrapport",
        "Kvalitetsrapport",
        "Hele områdets fortælling om, hvordan det går, og hvad udvalgte indsatser har ført med sig. Den samler tal, samtaler og erfaringer.",
        "#/rapport",
        "Kvalitetsrapport",
    ),
    term(
        "kvalitetssamtale",
        "Kvalitetssamtale",
        "En samtale mellem to ledere, der følger efter hinanden i kæden, om hvad der ligger bag tallene. Den peger frem mod aftalen.",
        "#/samtale",
        "Kvalitetssamtale",
    ),
    term(
        "lokalmed",
        "LokalMED",
        "Appens navn for medarbejdernes og ledelsens udvalg på arbejdspladsen. I aftalen skriver du, hvornår den er drøftet dér.",
        "#/aftale",
        "Aftale",
    ),
    term(
        "lokalt-maal",
        "Lokalt mål",
        "Et mål, som kun jeres enhed har sat sig. Det står i den samme aftale som de fælles mål, så du har ét sted at styre efter.",
        "#/aftale",
        "Aftale",
    ),
    term(
        "midtvejsstatus",
        "Midtvejsstatus",
        "Et kig på aftalen, når halvdelen af tiden er gået: hvad virker, hvad skal justeres, og hvem kan bruge hjælp.",
        "#/midtvejs",
        "Midtvejsstatus",
    ),
    term(
        "moenster",
        "Mønster",
        "Noget, der går igen i flere enheders tal. Det kan blive til et tema i den næste cyklus.",
        "#/indikatorer/moenstre",
        "Mønstre i tallene",
    ),
    term(
        "netvaerk",
        "Netværk",
        "De dagtilbud, skoler og familietilbud, der ligger i det samme område og kender hinanden. De deler, hvad der virker, og beder hinanden om hjælp.",
        "#/filer",
        "Filer",
    ),
    term(
        "niveau",
        "Niveau",
        "Hvor i ledelseskæden en leder sidder: 1 er direktøren, 2 er chefer, 3 er for eksempel skoleledere, og 4 er for eksempel børnehusledere.",
        "#/enheder",
        "Enheder",
    ),
    term(
        "opgavehierarki",
        "Opgavehierarki",
        "En tegning af, hvordan opgaver hænger på hinanden fra kerneopgaven og ned. Den hjælper med at vælge mellem indsatser.",
        "#/fundament/bu-12/formaal",
        "Formål i fundamentet",
    ),
    term(
        "organisatorisk-medlemskab",
        "Organisatorisk medlemskab",
        "At sætte helheden før sit eget og bidrage, så andre lykkes. Det står sammen med personlighed og faglighed og skal gerne veje mest.",
        "#/fundament/bu-12/medlemskab",
        "Organisatorisk medlemskab i fundamentet",
    ),
    term(
        "papirkurv",
        "Papirkurv",
        "Her ligger det, du har slettet. Det kan hentes tilbage, til du tømmer papirkurven.",
        "#/papirkurv",
        "Papirkurv",
    ),
    term(
        "pejlemaerke",
        "Pejlemærke",
        "Et af de tre fælles mål, som alle arbejder mod. Hver indikator hører til ét af dem.",
        "#/fundament/bu-12/pejlemaerker",
        "Pejlemærker i fundamentet",
    ),
    term(
        "positiv-afvigelse",
        "Positiv afvigelse",
        "Et sted, hvor det allerede lykkes, selv om det er svært andre steder. Man finder det og lærer af det.",
        "#/fundament/bu-12/almenomraadet",
        "Almenområdet i fundamentet",
    ),
    term(
        "procesplan",
        "Procesplan",
        "En plan over, hvad der sker hvornår, delt i spor og kvartaler.",
        "#/fundament/bu-12/procesplan",
        "Procesplan i fundamentet",
    ),
    term(
        "prototype",
        "Prototype",
        "Et første udkast til en løsning, som man kan vise frem og rette, før den bliver brugt for alvor.",
        "#/fundament/bu-12/almenomraadet",
        "Almenområdet i fundamentet",
    ),
    term(
        "proevehandling",
        "Prøvehandling",
        "En lille ændring, som I prøver i en aftalt tid. Bagefter vælger I, om I gør mere af den, laver den om eller stopper.",
        "#/praksis",
        "Praksis",
    ),
    term(
        "refleksion",
        "Refleksion",
        "Tid til at se på egen praksis med et redskab. Din refleksion bliver hos dig, til du selv vælger at give den videre.",
        "#/refleksion",
        "Refleksion",
    ),
    term(
        "relationsvelfaerd",
        "Relationsvelfærd",
        "Velfærd, hvor relationen bærer løsningen, og hvor familiens egne behov og netværk er begyndelsen. Den har sin plads ved siden af systemvelfærd.",
        "#/fundament/bu-12/velfaerd",
        "Relationel velfærd i fundamentet",
    ),
    term(
        "sammenhaengsaftale",
        "Sammenhængsaftale",
        "En enheds udviklingsplan for to år om kvalitet, økonomi og medarbejdertrivsel. Leder og chef indgår den sammen; i appen hedder den kort «aftale».",
        "#/aftale",
        "Aftale",
    ),
    term(
        "sammenhaengsmodellen",
        "Sammenhængsmodellen",
        "Byrådets model med fem temaer og få mål. De tre pejlemærker er oversat fra nogle af målene.",
        "#/fundament/bu-12/sammenhaengsmodellen",
        "Sammenhængsmodellen i fundamentet",
    ),
    term(
        "sikkerhedskopi",
        "Sikkerhedskopi",
        "En fil med alt, hvad der ligger i denne browser. Gem den et sikkert sted; den er kun til dig selv.",
        "#/filer",
        "Filer",
    ),
    term(
        "skjult",
        "Skjult (færre end 5)",
        "Et tal, der bygger på så få personer, at det kunne pege på nogen. Det bliver på din maskine, også når du deler resten.",
        "#/filer",
        "Filer",
    ),
    term(
        "stemmer",
        "Stemmer",
        "Det, børn og unge, forældre og fagfolk selv siger om et tal. De hører til ved siden af tallet.",
        "#/indikatorer",
        "Indikatorer",
    ),
    term(
        "svarkode",
        "Svarkode",
        "En deltagers svar fra en workshop som en kort kode. Den kan vises, scannes eller læses højt, uden at noget sendes over nettet.",
        "#/workshop",
        "Workshop",
    ),
    term(
        "syn",
        "Syn",
        "Et af fire fælles blikke: på børn, forældre, læring og samarbejde. Hvert syn er nogle få udsagn, som I kan holde jeres praksis op mod.",
        "#/fundament/bu-12/syn",
        "De fire syn i fundamentet",
    ),
    term(
        "systemvelfaerd",
        "Systemvelfærd",
        "Velfærd, der bæres af regler, ydelser og ens behandling. Den er den anden pol i refleksionen over de ni modsætninger, og begge har deres værdi.",
        "#/refleksion/modsaetninger",
        "Ni modsætninger",
    ),
    term(
        "tegn-paa-progression",
        "Tegn på progression",
        "Det, I kan se eller høre undervejs, hvis en indsats er på rette vej.",
        "#/aftale",
        "Aftale",
    ),
    term(
        "tek-trekanten",
        "TEK-trekanten",
        "Trivsel, effekt (effektivitet) og kvalitet, set på én gang. En god løsning løfter helst alle tre hjørner.",
        "#/fundament/bu-12/tek",
        "TEK-trekanten i fundamentet",
    ),
    term(
        "tema",
        "Tema",
        "Noget, som alle tager med i de næste to år, fordi tallene og samtalerne peger på det. Temaerne står i datapakken.",
        "#/datapakke",
        "Datapakken",
    ),
    term(
        "tilfaeldigt-udsving",
        "Tilfældigt udsving",
        "En ændring, der er så lille, at tallet også kunne have flyttet sig af sig selv. Appen siger til, når det kan være sådan.",
        "#/indikatorer",
        "Indikatorer",
    ),
    term(
        "topi",
        "TOPI",
        "En fast måde at opdage i tide, om et barn eller en ung har brug for noget mere.",
        "#/fundament/bu-12/systematik",
        "Systematik i fundamentet",
    ),
    term(
        "tvaerfaglig-model",
        "Tværfaglig model",
        "Møder på tre niveauer, hvor fagfolk og forældre ser på det samme barn sammen. Appen hjælper med at forberede mødet og gemmer intet om barnet.",
        "#/fundament/bu-12/tvaerfaglig",
        "Den tværfaglige model i fundamentet",
    ),
    term(
        "taet-paa-maalet",
        "Tæt på målet",
        "Tallet har ikke nået det, I har sat jer, men der mangler kun lidt.",
        "#/indikatorer",
        "Indikatorer",
    ),
    term(
        "udgave",
        "Udgave",
        "En bestemt version af fundamentet, for eksempel den med 12 indikatorer. En indikator, der går igen, er den samme i alle udgaver.",
        "#/fundament",
        "Fundamentet",
    ),
    term(
        "ufuldstaendig",
        "Ufuldstændig fil",
        "En fil, der er kommet frem uden sin slutning. Intet bliver ændret hos dig; bed om filen en gang til.",
        "#/filer",
        "Filer",
    ),
    term(
        "workshop",
        "Workshop",
        "En fælles refleksion, hvor alle svarer på egen telefon, og svarene vises samlet på væggen.",
        "#/workshop",
        "Workshop",
    ),
    term(
        "oejebliksbillede",
        "Øjebliksbillede",
        "Sådan så alt ud på et tidspunkt, gemt i denne browser. Du kan se det igen og gå tilbage til det.",
        "#/filer",
        "Filer",
    ),
    term(
        "aabent-valg",
        "Åbent valg",
        "To personer har skrevet hver sit i det samme felt. Begge ord er gemt, og du vælger, hvad der skal stå.",
        "#/valg",
        "Åbne valg",
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::fundament;
    use crate::domain::id::Id;
    use crate::domain::search::is_in_danish_order;

    #[test]
    fn terms_are_in_order_and_explained_in_one_or_two_sentences() {
        assert!(is_in_danish_order(TERMS.iter().map(|term| term.word)));
        for term in TERMS {
            let sentences = term.meaning.matches(". ").count() + 1;
            // The dot in «4. kvartal» ends no sentence.
            let sentences = sentences - term.meaning.matches("4. kvartal").count();
            assert!((1..=2).contains(&sentences) && term.meaning.ends_with('.'), "{}: {}", term.word, term.meaning);
            assert!(!term.meaning.contains('!') && !term.page.is_empty(), "{}", term.word);
        }
    }

    #[test]
    fn ids_are_unique_and_usable_in_addresses() {
        let ids: BTreeSet<&str> = TERMS.iter().map(|term| term.id).collect();
        assert_eq!(ids.len(), TERMS.len());
        assert!(ids.iter().all(|id| Id::parse(id).is_some()));
    }

    #[test]
    fn links_to_the_foundation_lead_to_items_that_exist() {
        for term in TERMS {
            let Some(item) = term.address.strip_prefix("#/fundament/bu-12/") else { continue };
            assert!(fundament::present_edition().is_some_and(|edition| edition.find(item).is_some()), "{item}");
        }
    }
}
