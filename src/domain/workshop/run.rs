//! A running workshop in a room that collects codes.
//!
//! # Invariants
//!
//! * Only the setup and the counts are stored while a workshop runs, each time in the same place. Codes are in memory
//!   only and must never be stored.
//! * After a reload, a code that comes a second time can therefore not be recognised. [`Run::forgotten_count`] gives the number
//!   of such codes.
//! * Invented answers are counted apart from real ones. They go when the rehearsal ends, and never to another device;
//!   real answers that come during a rehearsal stay.

use serde::{Deserialize, Serialize};

use super::rehearsal::rehearsal_sheets;
use super::transfer::Transfer;
use super::{RoomResult, Setup, Tally, Workshop};
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::svarkode::{AnswerSheet, CodeError};

/// A workshop that is running in a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The setup of the workshop.
    pub setup: Setup,
    /// The permanent id of the room: the key of its leaf in the record of the workshop.
    pub room: Id,
    /// About how many people are in the room, if the facilitator says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<u16>,
    /// The number of changes, by which two windows know which of them holds the newer counts.
    #[serde(default)]
    pub revision: u64,
    /// The number of answers in the code that was shown for another device, which may have counted them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    handed_over: Option<u16>,
    /// The counts of invented answers, while the workshop is tried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rehearsal: Option<Tally>,
    /// The counts of all answers that were collected here.
    tally: Tally,
    /// The counts that were collected on other devices, by the device.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    received_tallies: Vec<(String, Tally)>,
    /// The counts of answers that can no longer be taken back: from before the last reload, or from another window.
    #[serde(skip)]
    settled_tally: Tally,
    /// The codes of such answers, as far as this window has seen them.
    #[serde(skip)]
    settled_codes: Vec<String>,
    /// The codes that arrived since then, with their answers.
    #[serde(skip)]
    codes: Vec<(String, AnswerSheet)>,
    /// The codes that arrived again. Two people may have given the same answers, so the facilitator decides.
    #[serde(skip)]
    repeated_codes: Vec<String>,
}

/// The outcome of adding a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeOutcome {
    /// The code was counted.
    New,
    /// The same code was already counted. It waits among the repeated codes until the facilitator decides.
    Again,
    /// The answers that another device has collected were added, or replaced by its newer ones. The field is their
    /// number.
    Device(u16),
    /// The other device has already sent more answers than its code holds. The newer ones stay.
    OlderDevice,
}

impl Run {
    /// Begins a room.
    pub fn begin(setup: Setup, room: Id) -> Self {
        Self {
            setup,
            room,
            expected: None,
            revision: 0,
            handed_over: None,
            rehearsal: None,
            tally: Tally::default(),
            received_tallies: Vec::new(),
            settled_tally: Tally::default(),
            settled_codes: Vec::new(),
            codes: Vec::new(),
            repeated_codes: Vec::new(),
        }
    }

    /// Continues a room after the page was reloaded.
    #[must_use]
    pub fn resume(self) -> Self {
        Self {
            settled_tally: self.tally.clone(),
            settled_codes: Vec::new(),
            codes: Vec::new(),
            repeated_codes: Vec::new(),
            ..self
        }
    }

    /// Takes over what another window has stored or sent, unless this window knows something newer about the same room.
    /// The codes that this window has seen stay known.
    #[must_use]
    pub fn adopt(&self, stored: Self) -> Self {
        if stored.room != self.room {
            return stored.resume();
        }
        if stored.revision <= self.revision {
            return self.clone();
        }
        let repeated_codes = self.repeated_codes.clone();
        if stored.tally == self.tally {
            let (settled_tally, settled_codes) = (self.settled_tally.clone(), self.settled_codes.clone());
            return Self { settled_tally, settled_codes, codes: self.codes.clone(), repeated_codes, ..stored };
        }
        let counted = self.codes.iter().map(|(code, _)| code.clone());
        let settled_codes = self.settled_codes.iter().cloned().chain(counted).collect();
        Self { settled_codes, repeated_codes, ..stored.resume() }
    }

    /// The counts of all answers, from this device and from others.
    fn total(&self) -> Tally {
        let mut total = self.tally.clone();
        for tally in self.received_tallies.iter().map(|(_, tally)| tally).chain(&self.rehearsal) {
            total.add(tally);
        }
        total
    }

    /// The number of people who have answered.
    pub fn people(&self) -> u16 {
        self.total().people()
    }

    /// The other devices whose answers were added, each with their number.
    pub fn received(&self) -> Vec<(String, u16)> {
        self.received_tallies.iter().map(|(device, tally)| (device.clone(), tally.people())).collect()
    }

    /// Removes the answers of another device.
    pub fn remove_received(&mut self, device: &str) {
        self.received_tallies.retain(|(other, _)| other != device);
    }

    /// The number of people whose codes are not known here, because they arrived before the last reload of the page or
    /// in another window.
    pub fn forgotten_count(&self) -> u16 {
        let known = u16::try_from(self.settled_codes.len()).unwrap_or(u16::MAX);
        self.settled_tally.people().saturating_sub(known)
    }

    /// Whether an answer can be taken back: see [`Run::remove_last`].
    pub fn has_last(&self) -> bool {
        !self.codes.is_empty()
    }

    /// The codes that arrived again, for the facilitator to decide on.
    pub fn repeated(&self) -> &[String] {
        &self.repeated_codes
    }

    /// Settles the question about a repeated code: it is counted if it `is_another` person's, and left out otherwise.
    pub fn settle(&mut self, code: &str, is_another: bool) {
        let Some(index) = self.repeated_codes.iter().position(|repeated| repeated == code) else { return };
        self.repeated_codes.remove(index);
        let sheet = self.setup.codes().and_then(|codes| codes.decode(code).ok());
        if let (true, Some(sheet)) = (is_another, sheet) {
            self.put(code.to_owned(), sheet, true);
        }
    }

    /// Whether the workshop is tried out with invented answers.
    pub const fn is_rehearsal(&self) -> bool {
        self.rehearsal.is_some()
    }

    /// Begins a rehearsal with invented answers. Does nothing if there are real answers.
    pub fn rehearse(&mut self) {
        let Some(instrument) = self.setup.instrument().filter(|_| self.people() == 0) else { return };
        let mut tally = Tally::default();
        for sheet in rehearsal_sheets(instrument, self.setup.groups.len(), self.setup.asks_wanted) {
            tally.count(instrument.form, &sheet);
        }
        self.rehearsal = Some(tally);
    }

    /// Ends a rehearsal, and throws its invented answers away.
    pub fn end_rehearsal(&mut self) {
        self.rehearsal = None;
    }

    /// Counts a code: of a participant, or of another device with everything that it has collected.
    ///
    /// # Errors
    /// See [`CodeError`].
    pub fn take(&mut self, code: &str) -> Result<CodeOutcome, CodeError> {
        if Transfer::is_transfer_code(code) {
            return self.receive(Transfer::parse(code, &self.setup)?);
        }
        let codes = self.setup.codes().ok_or(CodeError::Elsewhere)?;
        let sheet = codes.decode(code)?;
        Ok(self.put(codes.encode(&sheet), sheet, false))
    }

    /// Counts all codes in a text. Returns the number of new codes, the number of codes that were already counted, and
    /// the number of words that look like codes and are not valid.
    pub fn take_all(&mut self, text: &str) -> (usize, usize, usize) {
        let Some(codes) = self.setup.codes() else { return (0, 0, 0) };
        let found = codes.find(text);
        let (mut new, mut again) = (0, 0);
        for (code, sheet) in found.codes {
            match self.put(code.clone(), sheet, false) {
                CodeOutcome::New => new += 1,
                CodeOutcome::Again | CodeOutcome::Device(_) | CodeOutcome::OlderDevice => again += 1,
            }
        }
        (new, again, found.rejected_count)
    }

    /// The code that brings what was collected here to another device of the same workshop. What this device got from
    /// others is left out, so that no way from device to device counts an answer twice. `None` if nothing was collected
    /// here, or if it is too much for one QR code.
    pub fn transfer(&self) -> Option<String> {
        Transfer::of(self.room.as_str(), self.tally.clone(), &self.setup)?.encode(&self.setup)
    }

    /// Whether anything was collected on this device.
    pub fn has_own_answers(&self) -> bool {
        self.tally.people() > 0
    }

    /// Notes that the code for another device is shown.
    pub fn hand_over(&mut self) {
        if self.transfer().is_some() {
            self.handed_over = Some(self.tally.people());
        }
    }

    /// Notes that no other device has counted the answers.
    pub fn take_back_hand_over(&mut self) {
        self.handed_over = None;
    }

    /// After the code for another device was shown: the number of answers that are not in it, because they came later or
    /// from a third device. `None` if no code was shown.
    pub fn left_behind(&self) -> Option<u16> {
        let received: u16 = self.received_tallies.iter().map(|(_, tally)| tally.people()).sum();
        Some(self.tally.people().saturating_sub(self.handed_over?) + received)
    }

    /// Adds what another device has collected. If the device has sent before, its newer counts replace the older ones.
    fn receive(&mut self, transfer: Transfer) -> Result<CodeOutcome, CodeError> {
        if Transfer::is_from(&transfer, self.room.as_str()) {
            return Err(CodeError::Elsewhere);
        }
        let people = transfer.tally.people();
        let earlier = self.received_tallies.iter().find(|(device, _)| *device == transfer.device);
        if earlier.is_some_and(|(_, tally)| tally.people() > people) {
            return Ok(CodeOutcome::OlderDevice);
        }
        self.remove_received(&transfer.device);
        self.received_tallies.push((transfer.device, transfer.tally));
        Ok(CodeOutcome::Device(people))
    }

    /// Counts answers that never were a code: from paper, or from a device that is passed round. Equal answers are
    /// always counted.
    pub fn take_sheet(&mut self, sheet: AnswerSheet) {
        let code = self.setup.codes().map(|codes| codes.encode(&sheet)).unwrap_or_default();
        self.put(code, sheet, true);
    }

    /// Removes the last answers that were counted since the last reload. Returns whether there were any.
    pub fn remove_last(&mut self) -> bool {
        let has_last = self.codes.pop().is_some();
        if let (true, Some(instrument)) = (has_last, self.setup.instrument()) {
            self.tally = self.settled_tally.clone();
            for (_, sheet) in &self.codes {
                self.tally.count(instrument.form, sheet);
            }
        }
        has_last
    }

    /// Counts a sheet, unless its code was already counted and `is_another` is false.
    fn put(&mut self, code: String, sheet: AnswerSheet, is_another: bool) -> CodeOutcome {
        let is_known =
            self.codes.iter().map(|(counted, _)| counted).chain(&self.settled_codes).any(|known| *known == code);
        if !is_another && is_known {
            self.repeated_codes.push(code);
            return CodeOutcome::Again;
        }
        if let Some(instrument) = self.setup.instrument() {
            self.tally.count(instrument.form, &sheet);
        }
        self.codes.push((code, sheet));
        CodeOutcome::New
    }

    /// The result of the room; `None` if too few people have answered.
    pub fn close(&self) -> Option<RoomResult> {
        // Invented answers are known, so real ones beside them could be computed.
        match &self.rehearsal {
            Some(invented) => RoomResult::close(invented),
            None => RoomResult::close(&self.total()),
        }
    }

    /// The record of the workshop with the result of this room; `None` if too few people have answered. The result of a
    /// rehearsal is shown, and never stored.
    pub fn result(&self, unit: Option<Id>, today: Date) -> Option<Workshop> {
        let mut workshop = Workshop {
            title: self.setup.title.as_str().into(),
            unit,
            instrument: Some(self.setup.instrument.clone()),
            wording: self.setup.wording.clone(),
            date: Some(today),
            ..Workshop::default()
        };
        for (index, group) in self.setup.groups.iter().enumerate() {
            workshop.groups.insert(Workshop::group_key(index + 1)?, group.as_str().into());
        }
        workshop.rooms.insert(self.room.clone(), self.close()?);
        Some(workshop)
    }
}

#[cfg(test)]
mod tests;
