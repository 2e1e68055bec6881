//! Functions whose code lies in a file of its own, loaded at the first call.

/// Defines an async function whose code is loaded at the first call, and a function that loads the code in advance.
///
/// `$module` names the file in which the splitting starts; functions of one module name are loaded together. Without
/// the feature `split` both functions exist with the same signatures and load nothing.
macro_rules! lazy_fn {
    ($module:ident, fetched by $fetch:ident: fn $name:ident($($argument:ident: $type:ty),*) -> $output:ty $body:block) => {
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($module, wasm_split_path = ::leptos::wasm_split, preload($fetch), fallible)]
        fn $name($($argument: $type),*) -> Result<$output, leptos::wasm_split::SplitLoaderError> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        #[allow(clippy::unused_async, reason = "the signature must be that of the split build")]
        async fn $name($($argument: $type),*) -> Result<$output, leptos::wasm_split::SplitLoaderError> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        #[allow(dead_code, clippy::unused_async, reason = "the signature must be that of the split build")]
        async fn $fetch() -> Result<(), leptos::wasm_split::SplitLoaderError> {
            Ok(())
        }
    };
}
pub(crate) use lazy_fn;
