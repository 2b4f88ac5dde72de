//! Cases, their points, lifecycle, dispatch and closing rules.
