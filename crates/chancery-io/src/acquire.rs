//! Outside bytes to [`chancery_core::SourceText`].
