//! Functions whose code is a file of its own, fetched at the first call.

/// Functions that lie in a piece of the module: to call one fetches the piece first. Where a piece begins is a file's name,
/// so what is fetched together has one name.
macro_rules! in_piece {
    ($module:ident, fetched by $fetch:ident: fn $name:ident($($argument:ident: $type:ty),*) -> $gives:ty $body:block) => {
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($module, wasm_split_path = ::leptos::wasm_split, preload($fetch), fallible)]
        fn $name($($argument: $type),*) -> Result<$gives, leptos::wasm_split::SplitLoaderError> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        #[allow(clippy::unused_async, reason = "it is as it is where the module is split")]
        async fn $name($($argument: $type),*) -> Result<$gives, leptos::wasm_split::SplitLoaderError> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        #[allow(dead_code, clippy::unused_async, reason = "it is as it is where the module is split")]
        async fn $fetch() -> Result<(), leptos::wasm_split::SplitLoaderError> {
            Ok(())
        }
    };
}
pub(crate) use in_piece;
