//! Example goals for each kind of unit. They are written for this app, as proposals to rewrite.

use crate::domain::enhed::EnhedKind;
use crate::domain::goal::Area;

/// An example of a goal.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) area: Area,
    pub(super) text: &'static str,
    /// The id of the indicator that the goal is anchored to; empty for a local goal.
    pub(super) indicator: &'static str,
    pub(super) signs: &'static str,
    pub(super) effect: &'static str,
    pub(super) initiative: &'static str,
}

/// The examples of a kind of unit.
pub(super) const fn examples_for(kind: Option<EnhedKind>) -> &'static [Example] {
    match kind {
        Some(EnhedKind::Omraade | EnhedKind::Boernehus) => DAYCARE,
        Some(EnhedKind::Dagpleje) => CHILDMINDERS,
        Some(EnhedKind::Skole) => SCHOOL,
        Some(EnhedKind::Klub) => CLUB,
        Some(EnhedKind::Familie) => FAMILY,
        Some(EnhedKind::Chefomraade | EnhedKind::Administration) | None => ADMINISTRATION,
    }
}

const DAYCARE: &[Example] = &[
    Example {
        area: Area::Quality,
        text: "Alle børn er med i en leg, der betyder noget for dem, hver dag",
        indicator: "ven-netvaerk",
        signs: "Vi ser færre børn stå uden for legen. Børnene nævner selv en, de leger med.",
        effect: "Flere børn har en ven og glæder sig til at komme.",
        initiative: "Legegrupper på tværs af stuerne to formiddage om ugen",
    },
    Example {
        area: Area::Quality,
        text: "Flere børn er i en positiv sproglig udvikling, når de begynder i skole",
        indicator: "sproglig-udvikling",
        signs: "De voksne venter på barnets svar, og samtalerne bliver længere.",
        effect: "Færre børn har brug for en særlig sprogindsats det sidste år.",
        initiative: "Dialogisk læsning i små grupper, fulgt af en makker fra teamet",
    },
    Example {
        area: Area::Economy,
        text: "Budgettet følger børnetallet, så de voksne er der, når børnene er der",
        indicator: "",
        signs: "Vagtplanen passer til fremmødet, og vi bruger færre vikartimer.",
        effect: "Vi holder rammen uden at skære i tiden med børnene.",
        initiative: "Fremmødet gennemgås hver måned, og vagtplanen rettes til",
    },
    Example {
        area: Area::StaffWellbeing,
        text: "Vi hjælper hinanden, før det bliver svært",
        indicator: "",
        signs: "Vi beder om hjælp på stuemødet, og aftalerne holder.",
        effect: "Sygefraværet falder, og flere bliver hos os.",
        initiative: "Fast tid til kollegial sparring hver anden uge",
    },
];

const CHILDMINDERS: &[Example] = &[
    Example {
        area: Area::Quality,
        text: "Hvert barn møder de samme få børn og voksne igen, også når dagplejeren er væk",
        indicator: "ven-netvaerk",
        signs: "Børnene kender gæstehuset og går selv i leg der.",
        effect: "Børnene er trygge, og forældrene har tillid til løsningen.",
        initiative: "Faste legestuegrupper med den gæstedagplejer, barnet kan få brug for",
    },
    Example {
        area: Area::Economy,
        text: "Pladserne bliver brugt, hvor familierne bor",
        indicator: "",
        signs: "Færre familier får tilbudt en plads langt fra hjemmet.",
        effect: "Rammen holder, og færre pladser står tomme.",
        initiative: "Behovet gøres op hvert kvartal sammen med pladsanvisningen",
    },
    Example {
        area: Area::StaffWellbeing,
        text: "Dagplejerne har faglige kolleger, selv om de arbejder alene",
        indicator: "",
        signs: "Dagplejerne tager selv spørgsmål med til grupperne.",
        effect: "Flere bliver i faget, og nye falder godt til.",
        initiative: "Månedlige faglige grupper med dagplejepædagogen",
    },
];

const SCHOOL: &[Example] = &[
    Example {
        area: Area::Quality,
        text: "Færre elever har højt fravær",
        indicator: "hoejt-fravaer",
        signs: "Vi taler med eleven efter få dage, ikke efter uger. Flere elever fortæller, hvad der gør det svært at komme.",
        effect: "Flere elever er i skole hver dag og følger med.",
        initiative: "Et fast ugentligt blik på fraværet i hvert team, og én voksen, der tager kontakten",
    },
    Example {
        area: Area::Quality,
        text: "Eleverne er trygge i klassen og tør være med",
        indicator: "social-trivsel",
        signs: "Flere elever siger noget i timerne, og færre er alene i pauserne.",
        effect: "Den sociale trivsel stiger på alle årgange.",
        initiative: "Klassens tid med elevernes egne emner, planlagt med elevrådet",
    },
    Example {
        area: Area::Economy,
        text: "Pengene følger de fælles løsninger i almenområdet",
        indicator: "almenomraadet-andel",
        signs: "Flere støttetimer ligger i klassens fællesskab, færre hos den enkelte.",
        effect: "Flere elever er i almene tilbud, og rammen holder.",
        initiative: "To voksne om de fag, hvor behovet er størst, i stedet for enkelttimer",
    },
    Example {
        area: Area::StaffWellbeing,
        text: "Teamene har tid og ro til at forberede sig sammen",
        indicator: "",
        signs: "Teammøderne handler om undervisning, og færre møder bliver flyttet.",
        effect: "Sygefraværet falder, og medarbejderne vil anbefale arbejdspladsen.",
        initiative: "En fast ugentlig forberedelsestid uden andre møder",
    },
];

const CLUB: &[Example] = &[
    Example {
        area: Area::Quality,
        text: "Flere unge indgår i et sundt fællesskab, de selv er med til at skabe",
        indicator: "sunde-faellesskaber",
        signs: "De unge foreslår og står selv for aktiviteter. Nye bliver taget imod af andre unge.",
        effect: "Færre unge er alene, og flere bliver i klubben.",
        initiative: "En ungegruppe planlægger måneden sammen med en voksen",
    },
    Example {
        area: Area::Economy,
        text: "Åbningstiden ligger, når de unge kommer",
        indicator: "",
        signs: "Fremmødet er jævnere, og de dyre timer er de bedst brugte.",
        effect: "Samme ramme når flere unge.",
        initiative: "Fremmødet tælles i otte uger, og åbningstiden rettes til",
    },
    Example {
        area: Area::StaffWellbeing,
        text: "Vi er to om det svære",
        indicator: "",
        signs: "Vi ringer til hinanden samme dag, og ingen går alene hjem med det.",
        effect: "Flere medarbejdere bliver hos os.",
        initiative: "En kort opsamling efter hver aften og fast sparring hver måned",
    },
];

const FAMILY: &[Example] = &[
    Example {
        area: Area::Quality,
        text: "Familien får hjælp tidligt og sammen med dem, der kender barnet",
        indicator: "almenomraadet-andel",
        signs: "Det første møde er holdt inden for to uger, og familien har selv sat dagsordenen.",
        effect: "Flere børn bliver i deres almene tilbud.",
        initiative: "Åben rådgivning i dagtilbud og skole en dag om ugen",
    },
    Example {
        area: Area::Economy,
        text: "Vi bruger den indsats, der er kort og virker, først",
        indicator: "",
        signs: "Flere forløb slutter, som planen sagde.",
        effect: "Færre forløb forlænges, og flere familier kommer til.",
        initiative: "Hvert forløb har en dato, hvor vi sammen ser på, om det virker",
    },
    Example {
        area: Area::StaffWellbeing,
        text: "Vi kender hinandens opgaver og deler dem",
        indicator: "",
        signs: "Opgaverne bliver fordelt på mødet, og færre sidder med for mange ad gangen.",
        effect: "Sygefraværet falder.",
        initiative: "En ugentlig tavle, hvor teamet fordeler og flytter opgaver",
    },
];

const ADMINISTRATION: &[Example] = &[
    Example {
        area: Area::Quality,
        text: "Lederne får data, de kan bruge til en samtale, når de har brug for dem",
        indicator: "",
        signs: "Lederne henter selv tallene og stiller spørgsmål til dem.",
        effect: "Flere beslutninger bygger på data og erfaring sammen.",
        initiative: "Et kort møde med hvert ledernetværk, når nye tal er klar",
    },
    Example {
        area: Area::Economy,
        text: "Færre systemer og færre indberetninger gør den samme nytte",
        indicator: "",
        signs: "Enhederne indberetter det samme ét sted.",
        effect: "Tid går fra papir til børn og unge.",
        initiative: "Alle indberetninger gennemgås med tre ledere, og de overflødige lukkes",
    },
    Example {
        area: Area::StaffWellbeing,
        text: "Vi prioriterer sammen, når alt haster",
        indicator: "",
        signs: "Opgaver bliver sagt fra eller flyttet, før nogen er pressede.",
        effect: "Medarbejderne trives og bliver.",
        initiative: "Fælles prioritering hver mandag i 15 minutter",
    },
];
