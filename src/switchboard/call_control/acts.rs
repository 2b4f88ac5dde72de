//! What the provider is asked after the intent is stored, and the addresses that the legs are sent to.

use dialect::Parting;
use domain::{CallId, TransferId};
use serde::{Deserialize, Serialize};
use store::calls::Call;

use crate::ports::CarrierError;
use crate::seal::{Bound, Standing};
use crate::{Error, Result, Switchboard, Topic};

/// Stands in a token where a caller's token has the provider's call id; no such id has a slash.
const BOUND_TO: &str = "leg/";

/// Whose leg it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    Caller,
    /// Who holds the call.
    Agent,
    /// Who is asked.
    Colleague,
}

/// A hook of a leg that the house leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegHook {
    pub part: Part,
    /// It tells how the leg stands; else it asks for a document.
    pub tells: bool,
    pub(crate) call: CallId,
    pub(crate) transfer: Option<TransferId>,
}

/// One request to the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// Parts caller and agent, who are connected by a dial.
    Part { leg: Option<String> },
    /// The caller asks where to go.
    Fetch,
    /// Ends the leg with this id.
    End { leg: String },
}

/// What a job of the store leaves to do: about which call, what the provider is asked, which screens are told.
pub(super) struct Todo {
    pub(super) call: Call,
    pub(super) acts: Vec<Act>,
    pub(super) topics: Vec<Topic>,
}

impl Switchboard {
    /// Carries out acts about `call`, one after the other; the first that fails ends it.
    pub(super) async fn carry(&self, call: &Call, acts: Vec<Act>) -> Result<(), CarrierError> {
        for act in acts {
            self.act(call, &act).await?;
        }
        Ok(())
    }

    async fn act(&self, call: &Call, act: &Act) -> Result<(), CarrierError> {
        let unsealed = |error: Error| CarrierError::Refused(error.to_string());
        match act {
            Act::Part { leg } => {
                let parent_url = self.leg_address(call, Part::Caller, false, None).await.map_err(unsealed)?;
                let leg_url = self.leg_address(call, Part::Agent, false, None).await.map_err(unsealed)?;
                let parting = Parting {
                    parent: &call.provider_call_id,
                    leg: leg.as_deref(),
                    parent_url: &parent_url,
                    leg_url: &leg_url,
                };
                self.carrier.part(&call.provider, &parting).await
            }
            Act::Fetch => {
                let url = self.leg_address(call, Part::Caller, false, None).await.map_err(unsealed)?;
                self.carrier.redirect(&call.provider, &call.provider_call_id, &url).await
            }
            Act::End { leg } => self.carrier.end(&call.provider, leg).await,
        }
    }

    /// Where a leg asks, or tells.
    pub(super) async fn leg_address(
        &self,
        call: &Call,
        part: Part,
        tells: bool,
        transfer: Option<&TransferId>,
    ) -> Result<String> {
        let hook = LegHook { part, tells, call: call.id.clone(), transfer: transfer.cloned() };
        let (provider, line) = (&call.provider, &call.line);
        let token = self.leg_token(provider, line, &hook).await?;
        Ok(format!("{}/voice/{provider}/{line}/leg?t={token}&fetched=1", self.house.public_url))
    }

    /// The token of such an address.
    pub(super) async fn leg_token(&self, provider: &str, line: &str, hook: &LegHook) -> Result<String> {
        let state = serde_json::to_string(hook).map_err(|error| Error::Unavailable(error.to_string()))?;
        let standing = Standing { branch: 0, step: 0, state };
        self.seal().await?.close(&standing, Bound { provider, line, provider_call_id: BOUND_TO })
    }

    /// Which leg a token stands for; a foreign token is refused.
    pub async fn leg_hook(&self, provider: &str, line: &str, token: &str) -> Result<LegHook> {
        let bound = Bound { provider, line, provider_call_id: BOUND_TO };
        let standing = self.seal().await?.open(token, bound)?;
        serde_json::from_str(&standing.state).map_err(|_| Error::refused("refused-token"))
    }
}
