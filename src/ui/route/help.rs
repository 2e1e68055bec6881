//! Help for each page in three sentences: the users and the purpose of the page, the first step, and the storage of the
//! entered text.
//!
//! Only the help dialog reads these texts, so they are in the chunk of the dialog.

use super::Route;

/// The third sentence for pages that save while the user types.
const SAVED: &str = "Alt gemmes i denne browser, mens du skriver, og kommer kun videre i en fil, som du selv gemmer.";

impl Route {
    /// Returns the help for the page at this route.
    #[allow(clippy::too_many_lines, reason = "one table of all pages")]
    pub const fn help(&self) -> [&'static str; 3] {
        match self {
            Self::Overblik => [
                "Her begynder alle: du ser, hvad der venter på dig, og hvor langt jeres eget arbejde er.",
                "Fortæl først, hvem du er, og tag så den øverste linje, der venter.",
                "Det, du svarer om dig selv, bliver i denne browser og følger aldrig med i en fil.",
            ],
            Self::Hjulet => [
                "Ledere og sekretariat ser her, hvor vi er i de to år, og hvad der kommer.",
                "Tryk på det trin, der er i gang, og læs, hvad det betyder for dig.",
                "Siden viser kun; det, du markerer på et trin, gemmes i denne browser.",
            ],
            Self::Element(_) => [
                "Her kan du læse, hvad et trin i hjulet går ud på, hvem der er med, og hvornår det ligger.",
                "Markér, om I er begyndt, og skriv en note, hvis andre skal kunne følge med.",
                SAVED,
            ],
            Self::Datapakke { is_editing: false } => [
                "Ledere læser her sekretariatets pakke: mønstre, temaer og datoer for de to år.",
                "Åbn filen fra sekretariatet, så kommer pakken frem her.",
                "Pakkens tal lægges ind hos jer, og det, I selv har skrevet om dem, bliver stående.",
            ],
            Self::Datapakke { is_editing: true } => [
                "Sekretariatet samler her det, der skal sendes ud til alle enheder.",
                "Skriv det første mønster, og tilføj så de temaer, der er peget på.",
                "Pakken gemmes, mens du skriver, og sendes først, når du gemmer den som fil.",
            ],
            Self::Feedback(_) => [
                "BU Lederforum, Børne- og Ungdomsudvalget og FællesMED tager her stilling til mønstre og temaer.",
                "Åbn sekretariatets datapakke, vælg jeres forum, og svar på det første mønster.",
                "Svaret gemmes, mens I skriver, og kommer til sekretariatet i en fil uden jeres navne.",
            ],
            Self::MineEnheder => [
                "Chefer og områdeledere ser her, hvor langt enhederne under dem er.",
                "Begynd med den enhed, der venter på noget fra dig.",
                "Siden regner på det, der allerede ligger her, og åbner du en nyere fil, følger den med.",
            ],
            Self::Indikatorer => [
                "Lederen ser her enhedens tal ét for ét, med målet og det, I selv siger om dem.",
                "Vælg en indikator, og læs overskriften, før du ser på kurven.",
                "Tallene bliver i denne browser, og et tal om færre end fem personer vises ikke for andre.",
            ],
            Self::Skema => [
                "Her taster du mange tal på én gang, som i et regneark.",
                "Stil dig i et felt og skriv, eller sæt en blok ind fra dit eget regneark.",
                "Hvert tal gemmes, når du forlader feltet, og kan fortrydes.",
            ],
            Self::Hent => [
                "Sekretariat og ledere henter her tal fra et regneark, de har i forvejen.",
                "Vælg filen, og fortæl, hvad hver kolonne er.",
                "Du ser alle tal, før noget ændres, og filen selv forlader ikke din maskine.",
            ],
            Self::Enhedstal => [
                "Chefer og sekretariat ser her de samme tal for flere enheder ved siden af hinanden.",
                "Vælg den indikator, du er nysgerrig på, og læs på tværs.",
                "Siden viser de tal, der ligger her, og på papir og i filer er de små tal skjult.",
            ],
            Self::Moenstre => [
                "Sekretariatet leder her efter det, der går igen i flere enheders tal.",
                "Læs mønstrene oppefra, og tag de vigtigste med til samtalen om temaer.",
                "Mønstrene regnes ud hver gang og gemmes ikke, før du skriver dem i datapakken.",
            ],
            Self::Indikator(_) => [
                "Her ser du ét tal over tid, og I skriver, hvad I mener, der ligger bag.",
                "Skriv først en vurdering af det nyeste tal, og hent så stemmer fra børn, forældre og kolleger.",
                SAVED,
            ],
            Self::Aftale { .. } => [
                "Leder og chef skriver og følger her sammenhængsaftalen for de to år.",
                "Tilføj et mål, og knyt det til det tal eller pejlemærke, det skal flytte.",
                "Aftalen gemmes, mens du skriver, og den anden part ser den, når du sender filen.",
            ],
            Self::Samtale { .. } => [
                "De to ledere i kvalitetssamtalen forbereder sig her og skriver ned undervejs.",
                "Vælg de emner, I vil tale om, og skriv, hvad du selv tænker om det første.",
                "Det, I skriver, bliver mellem jer, til I giver et emne fri.",
            ],
            Self::Midtvejs(_) => [
                "Lederen gør her status på aftalen, når halvdelen af tiden er gået.",
                "Tag det første mål, og vælg, hvordan det går med det.",
                "Kun det, du vælger at dele, følger med til lederforum.",
            ],
            Self::Rapport { .. } => [
                "Sekretariatet samler her kvalitetsrapporten af det, enhederne har givet fri.",
                "Begynd en rapport, og læs kapitlerne igennem, før du skriver til.",
                "Rapporten gemmes, mens du skriver, og små tal er altid skjult i den.",
            ],
            Self::Praksis => [
                "Alle kan her følge det, enheden lykkes med og prøver af, fra idé til erfaring.",
                "Begynd en ny prøvehandling, og se efter, om andre har prøvet det samme.",
                SAVED,
            ],
            Self::Practice(_) => [
                "Her beskriver I det, der lykkes, en prøvehandling eller en prototype, og samler op bagefter.",
                "Skriv, hvad man gør, og hvad I vil se eller høre, hvis det virker.",
                "Den bliver i denne browser, medmindre du deler den med netværket i en fil.",
            ],
            Self::PracticeLibrary(_) => [
                "Alle kan her se, hvad der allerede virker eller bliver prøvet, hos jer selv og hos andre.",
                "Søg på et ord, eller vælg et tema, og læs det første kort.",
                "Siden viser kun, og vil I prøve det samme, bliver der lavet en prøvehandling hos jer.",
            ],
            Self::PracticeCatalogue => [
                "Enheden viser her forældre, børn og medarbejdere, hvad I gør, med enkle ord.",
                "Sæt kryds ved noget, I vil vise frem, og skriv det, så et barn kan forstå det.",
                SAVED,
            ],
            Self::Stories => [
                "Enheden fortæller her, hvad der er lykkedes, og læser det, som andre har delt.",
                "Skriv en historie med få ord, og vælg selv, om den skal deles.",
                SAVED,
            ],
            Self::Refleksion => [
                "Enhver kan her se på sin egen praksis, alene eller sammen med andre.",
                "Vælg et redskab; det første tager omkring otte minutter.",
                "Din refleksion er din egen og følger kun med i en fil, hvis du vælger netop den.",
            ],
            Self::Reflection { .. } => [
                "Her svarer du for dig selv, både for nu og for, hvordan du gerne så det.",
                "Sæt et punkt på den første skala, og gå videre, når du er klar.",
                "Svarene gemmes her hos dig, og ingen andre ser dem, medmindre du giver dem videre.",
            ],
            Self::OwnInstrument(_) => [
                "Her skriver I jeres eget redskab til refleksion, med jeres egne udsagn.",
                "Giv redskabet et navn, og skriv det første udsagn.",
                SAVED,
            ],
            Self::Pyramide(_) => [
                "Et team fører her et udsagn ned til det, man kan se og høre, og finder idéer til det.",
                "Vælg et udsagn, og skriv, hvad det betyder hos jer.",
                SAVED,
            ],
            Self::Workshops => [
                "Facilitatoren gør her en workshop klar og finder resultater fra tidligere.",
                "Vælg et redskab og grupperne, og åbn så rummet.",
                "Kun opsætningen gemmes; svarene kommer først, når deltagerne giver dem.",
            ],
            Self::Room => [
                "Facilitatoren viser her koden til deltagerne og samler deres svar ind.",
                "Vis koden på væggen, og gå videre, når alle er kommet på.",
                "Deltagernes koder bliver på denne maskine og gemmes ikke.",
            ],
            Self::Workshop(_) => [
                "Her ser I, hvad en workshop viste, og vælger, hvad det skal føre til.",
                "Find det punkt, hvor I er længst fra hinanden, og tal om det.",
                "Kun gruppens fælles resultat gemmes, ikke deltagernes koder.",
            ],
            Self::Scene => [
                "Rummet ser her det, som den, der leder workshoppen, viser.",
                "Træk vinduet over på projektoren, og tryk F for fuld skærm.",
                "Væggen viser aldrig en kode, og svarene først, når de vises for alle.",
            ],
            Self::JoinByCode => [
                "Den, der ikke kan scanne workshoppens QR-kode, kommer ind her.",
                "Skriv koden, som den står på væggen.",
                "Koden fører kun til workshoppen, og dine svar får en anden kode til sidst.",
            ],
            Self::Join { .. } => [
                "Deltagerne i en workshop svarer her på deres egen telefon.",
                "Vælg din gruppe, og svar på det første spørgsmål.",
                "Dine svar bliver på telefonen, til du selv viser koden til den, der leder workshoppen.",
            ],
            Self::Fundament { .. } => [
                "Alle kan her slå op, hvad vi arbejder efter, og hvor det kommer fra.",
                "Søg på et ord, eller læs et afsnit ad gangen.",
                "Siden er til at læse; der er intet, du kan komme til at ændre.",
            ],
            Self::Ny(_) => [
                "Nye medarbejdere får her det vigtigste i fundamentet på ti minutter.",
                "Læs afsnittet, og tryk på Næste.",
                "Der bliver ikke gemt noget om, hvor langt du nåede.",
            ],
            Self::Ordliste(_) => [
                "Alle kan her slå et ord op, som appen eller dokumenterne bruger.",
                "Find ordet i listen, og følg linket til det sted, hvor det bruges.",
                "Siden er til at læse; der er intet, du kan komme til at ændre.",
            ],
            Self::Enheder => [
                "Her står de enheder, du arbejder med, i én tabel.",
                "Skriv din enheds navn, eller åbn en fil, hvor den er med.",
                "Ret i tabellen, eller sæt kryds ved flere og ret dem på én gang; det kan fortrydes.",
            ],
            Self::Indstillinger => [
                "Her fortæller du, hvem du er, og hvordan siderne skal se ud.",
                "Vælg din rolle først.",
                "Det, du svarer, bliver i denne browser og følger aldrig med i en fil.",
            ],
            Self::Enhed(_) => [
                "Her står det faste om en enhed: navn, slags, niveau og netværk.",
                "Tjek navnet og det niveau, lederen sidder på.",
                SAVED,
            ],
            Self::Filer => [
                "Alle gemmer og deler her det, der ligger i browseren.",
                "Gem en sikkerhedskopi først, og vælg så, hvad en fil til andre skal rumme.",
                "Før du gemmer en fil til andre, viser siden, hvad der følger med, og hvad der aldrig gør.",
            ],
            Self::Valg => [
                "Her ligger det, som to personer har skrevet forskelligt.",
                "Læs begge udgaver, og vælg den, der skal stå, eller skriv en tredje.",
                "Intet går tabt, før du vælger, og valget kan fortrydes.",
            ],
            Self::Historik => [
                "Her kan du se, hvad der er ændret i denne browser, og hvornår.",
                "Find linjen i listen, og åbn den, hvis du vil have en tekst tilbage.",
                "Historikken bliver i denne browser og følger aldrig med i en fil til andre.",
            ],
            Self::Dengang => [
                "Her ser du, hvordan alt så ud på et tidligere tidspunkt eller i en fil.",
                "Find det, du savner, og hent netop det frem.",
                "At kigge ændrer ingenting, og det, du henter frem, kan fortrydes.",
            ],
            Self::Papirkurv => [
                "Her ligger det, der er slettet, til nogen tømmer papirkurven.",
                "Find det, du savner, og hent det tilbage.",
                "Når du tømmer papirkurven, kan ordene ikke hentes tilbage.",
            ],
            Self::Galleri => [
                "De, der bygger appen, ser her alle dens dele i alle tilstande.",
                "Prøv en del, og se, hvordan den opfører sig.",
                "Intet af det, du skriver her, bliver gemt.",
            ],
            Self::Unknown(_) => [
                "Adressen fører ikke til nogen side, og det er der ingen skade sket ved.",
                "Gå til overblikket, eller søg efter det, du ledte efter.",
                "Det, du har skrevet andre steder, er der stadig.",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(route: &Route) {
        for sentence in route.help() {
            let is_one_sentence = sentence.ends_with('.') && !sentence.contains(". ") && !sentence.contains('!');
            assert!(is_one_sentence && sentence.chars().count() <= 120, "{route}: {sentence}");
        }
    }

    #[test]
    fn every_page_is_explained_in_three_sentences() {
        for address in Route::EXAMPLES {
            check(&Route::parse(address));
        }
        for address in ["#/datapakke/lav", "#/redskab", "#/pyramide", "#/workshop/rum", "#/dengang", "#/ordliste/syn"] {
            check(&Route::parse(address));
        }
    }
}
