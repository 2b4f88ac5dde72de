//! What a contact is (诉求类型, henvendelsestype).

crate::codes! {
    /// The request type of a contact or a case.
    pub enum RequestType, "request type" {
        /// Asks for information or a route; blames nobody (咨询).
        Inquiry = "inquiry",
        /// Was badly served and wants it put right (投诉).
        Complaint = "complaint",
        /// Tells of unlawful or dangerous conduct and wants it inspected (举报).
        Report = "report",
        /// Proposes a change (建议).
        Suggestion = "suggestion",
        /// Thanks or commends (表扬).
        Praise = "praise",
        /// Asks for practical help (求助).
        Help = "help",
        /// Asks how an earlier case is going; belongs to that case (催办).
        Reminder = "reminder",
        /// Somebody is in danger of life now.
        Emergency = "emergency",
        /// Wrong number, silence, nuisance, another body's business.
        Invalid = "invalid",
    }
}

impl RequestType {
    /// Whether such a case ends only with a finding and a notice of the appeal route.
    pub fn needs_finding(self) -> bool {
        matches!(self, Self::Complaint | Self::Report | Self::Help)
    }
}
