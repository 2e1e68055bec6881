//! The words of each sort of practice.

use crate::domain::practice::PracticeSort;

/// The words of a sort of practice on its pages.
pub(super) struct SortWords {
    /// What practice of the sort is, in a sentence.
    pub(super) about: &'static str,
    /// The label of the button that begins new practice, and the heading of the form.
    pub(super) new: &'static str,
    /// The question for the title of new practice.
    pub(super) title_question: &'static str,
    /// The question for what people do, and its help.
    pub(super) idea_question: (&'static str, &'static str),
    /// The noun in the definite form.
    pub(super) definite: &'static str,
    /// The heading while it is in the trash.
    pub(super) deleted: &'static str,
    /// The label of the button that deletes it.
    pub(super) delete: &'static str,
    /// The error while its title is empty.
    pub(super) required: &'static str,
    /// What is said where it hangs on nothing, and where nothing hangs on it.
    pub(super) no_relations: (&'static str, &'static str),
    /// The help for the TEK triangle.
    pub(super) tek: &'static str,
    /// The name of the first field after those of the form for new practice.
    pub(super) first_field: &'static str,
}

const DEVIATION: SortWords = SortWords {
    about: "Det lykkes allerede et sted, mod alle odds. I beskriver det, så andre kan lære af det.",
    new: "Ny positiv afvigelse",
    title_question: "Hvad skal den positive afvigelse hedde?",
    idea_question: ("Hvad gør de?", "Det, man kan se og høre, når det lykkes."),
    definite: "den positive afvigelse",
    deleted: "Den positive afvigelse er slettet",
    delete: "Slet den positive afvigelse",
    required: "Den positive afvigelse skal have et navn. Det gamle er gemt, indtil du skriver et nyt.",
    no_relations: (
        "Den positive afvigelse hænger ikke på noget endnu.",
        "Der hænger ikke noget på den positive afvigelse.",
    ),
    tek: "Hvad skete der med de tre hjørner, før de gjorde det, og hvad sker der nu? Effekt er effektivitet.",
    first_field: "place",
};

const TRIAL: SortWords = SortWords {
    about: "Noget lille, I prøver i en kort tid. I skriver, hvad I venter, og ser efter, om det skete.",
    new: "Ny prøvehandling",
    title_question: "Hvad skal prøvehandlingen hedde?",
    idea_question: ("Hvad vil I prøve?", "Så konkret, at en kollega kunne gøre det i morgen."),
    definite: "prøvehandlingen",
    deleted: "Prøvehandlingen er slettet",
    delete: "Slet prøvehandlingen",
    required: "Prøvehandlingen skal have et navn. Det gamle er gemt, indtil du skriver et nyt.",
    no_relations: ("Prøvehandlingen hænger ikke på noget endnu.", "Der hænger ikke noget på prøvehandlingen."),
    tek: "Hvad venter I, der sker med de tre hjørner? Effekt er effektivitet. Når tiden er gået, ser I igen.",
    first_field: "context",
};

const PROTOTYPE: SortWords = SortWords {
    about: "Én ting i nummererede versioner. I prøver den, laver den om og siger, hvilken version der gælder.",
    new: "Ny prototype",
    title_question: "Hvad skal prototypen hedde?",
    idea_question: ("Hvordan er den første version?", "En enkel udgave, som I kan bygge videre på."),
    definite: "prototypen",
    deleted: "Prototypen er slettet",
    delete: "Slet prototypen",
    required: "Prototypen skal have et navn. Det gamle er gemt, indtil du skriver et nyt.",
    no_relations: ("Prototypen hænger ikke på noget endnu.", "Der hænger ikke noget på prototypen."),
    tek: "Hvad sker der med de tre hjørner, før den første version og efter den, der gælder? Effekt er effektivitet.",
    first_field: "need",
};

/// Returns the words of a sort.
pub(super) const fn words(sort: PracticeSort) -> &'static SortWords {
    match sort {
        PracticeSort::Deviation => &DEVIATION,
        PracticeSort::Trial => &TRIAL,
        PracticeSort::Prototype => &PROTOTYPE,
    }
}
