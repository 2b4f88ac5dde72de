//! A carrier that only notes what it was asked.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use crate::ports::{
    Answer, CallFilter, Carrier, CarrierError, CircuitStand, ListedCall, NewCall, Parting, RecordOrder,
    Sound, SoundError,
};

/// A carrier that notes what it was asked and answers as told; without being told: done.
#[derive(Default)]
pub struct NotedCarrier {
    calls: Mutex<Vec<NewCall>>,
    redirects: Mutex<Vec<(String, String)>>,
    partings: Mutex<Vec<(String, Option<String>, String)>>,
    ends: Mutex<Vec<String>>,
    refusals: Mutex<VecDeque<CarrierError>>,
    answers: Mutex<VecDeque<Result<String, CarrierError>>>,
    sounds: Mutex<BTreeMap<String, Sound>>,
    orders: Mutex<Vec<RecordOrder>>,
    recording_answers: Mutex<VecDeque<Result<Option<String>, CarrierError>>>,
    lists: Mutex<VecDeque<Result<Vec<ListedCall>, CarrierError>>>,
    searches: Mutex<Vec<CallFilter>>,
    stands: Mutex<Vec<CircuitStand>>,
}

impl NotedCarrier {
    /// How we stand with the providers from now on.
    pub fn stands(&self, stands: Vec<CircuitStand>) {
        *self.stands.lock().unwrap_or_else(PoisonError::into_inner) = stands;
    }

    /// The answer to the next call that is to be placed.
    pub fn will_answer(&self, answer: Result<String, CarrierError>) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).push_back(answer);
    }

    /// The recording at this address, from now on.
    pub fn has_sound(&self, url: &str, sound: Sound) {
        self.sounds.lock().unwrap_or_else(PoisonError::into_inner).insert(url.to_owned(), sound);
    }

    /// Addresses of the recordings that the provider has.
    pub fn sounds(&self) -> Vec<String> {
        self.sounds.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }

    /// The answer to the next order about a recording; untold: done, with ids that count up from `RE-1`.
    pub fn will_record(&self, answer: Result<Option<String>, CarrierError>) {
        self.recording_answers.lock().unwrap_or_else(PoisonError::into_inner).push_back(answer);
    }

    /// Orders about recordings of live calls.
    pub fn orders(&self) -> Vec<RecordOrder> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The answer to the next search for a call; untold: it keeps no list.
    pub fn will_list(&self, answer: Result<Vec<ListedCall>, CarrierError>) {
        self.lists.lock().unwrap_or_else(PoisonError::into_inner).push_back(answer);
    }

    /// Searches for calls that were perhaps placed.
    pub fn searches(&self) -> Vec<CallFilter> {
        self.searches.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Calls it was asked to place.
    pub fn calls(&self) -> Vec<NewCall> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Calls it was asked to redirect: the provider's call id, and the address to fetch.
    pub fn redirects(&self) -> Vec<(String, String)> {
        self.redirects.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Calls it was asked to part: the parent, the leg, and where the leg asks.
    pub fn partings(&self) -> Vec<(String, Option<String>, String)> {
        self.partings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Calls it was asked to end.
    pub fn ends(&self) -> Vec<String> {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The next live call that is to be fetched, parted or ended is not.
    pub fn will_not_steer(&self, why: CarrierError) {
        self.refusals.lock().unwrap_or_else(PoisonError::into_inner).push_back(why);
    }

    fn steered(&self) -> Result<(), CarrierError> {
        let refusal = self.refusals.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        refusal.map_or(Ok(()), Err)
    }
}

impl Carrier for NotedCarrier {
    fn create<'a>(&'a self, call: &'a NewCall) -> Answer<'a, Result<String, CarrierError>> {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.push(call.clone());
        let told = self.answers.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let answer = told.unwrap_or_else(|| Ok(format!("CA-out-{}", calls.len())));
        Box::pin(async move { answer })
    }

    fn circuits(&self) -> Vec<CircuitStand> {
        self.stands.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn find<'a>(
        &'a self,
        _: &'a str,
        filter: &'a CallFilter,
    ) -> Answer<'a, Result<Option<Vec<ListedCall>>, CarrierError>> {
        self.searches.lock().unwrap_or_else(PoisonError::into_inner).push(filter.clone());
        let answer = self.lists.lock().unwrap_or_else(PoisonError::into_inner).pop_front().transpose();
        Box::pin(async move { answer })
    }

    fn redirect<'a>(&'a self, _: &'a str, id: &'a str, url: &'a str) -> Answer<'a, Result<(), CarrierError>> {
        let mut redirects = self.redirects.lock().unwrap_or_else(PoisonError::into_inner);
        redirects.push((id.to_owned(), url.to_owned()));
        let answer = self.steered();
        Box::pin(async { answer })
    }

    fn part<'a>(&'a self, _: &'a str, parting: &'a Parting<'a>) -> Answer<'a, Result<(), CarrierError>> {
        let parted = (parting.parent.to_owned(), parting.leg.map(str::to_owned), parting.leg_url.to_owned());
        self.partings.lock().unwrap_or_else(PoisonError::into_inner).push(parted);
        let answer = self.steered();
        Box::pin(async { answer })
    }

    fn end<'a>(&'a self, _: &'a str, id: &'a str) -> Answer<'a, Result<(), CarrierError>> {
        self.ends.lock().unwrap_or_else(PoisonError::into_inner).push(id.to_owned());
        let answer = self.steered();
        Box::pin(async { answer })
    }

    fn sound<'a>(&'a self, _: &'a str, url: &'a str) -> Answer<'a, Result<Sound, SoundError>> {
        let sounds = self.sounds.lock().unwrap_or_else(PoisonError::into_inner);
        let sound = sounds.get(url).cloned().ok_or(SoundError::NotThere);
        Box::pin(async move { sound })
    }

    fn record<'a>(
        &'a self,
        _: &'a str,
        _: &'a str,
        order: &'a RecordOrder,
    ) -> Answer<'a, Result<Option<String>, CarrierError>> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        orders.push(order.clone());
        let begun = orders.iter().filter(|order| matches!(order, RecordOrder::Start { .. })).count();
        let mut answers = self.recording_answers.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = answers.pop_front().unwrap_or_else(|| Ok(Some(format!("RE-{begun}"))));
        Box::pin(async move { answer })
    }

    fn delete_sound<'a>(&'a self, _: &'a str, url: &'a str) -> Answer<'a, Result<(), SoundError>> {
        self.sounds.lock().unwrap_or_else(PoisonError::into_inner).remove(url);
        Box::pin(async { Ok(()) })
    }
}
