// Reads QR codes in a web worker, in browsers that do not read them themselves: src/ui/pages/practice/workshop/scanner_worker.rs
// starts it. `cargo xtask build` bundles it with jsQR (xtask/src/worker.rs).
import jsQR from 'jsqr';

// A picture is its width in pixels and the buffer of its pixels, four bytes each. The answer is the text of a code, or
// an empty text. Codes of a workshop are always dark on light.
self.onmessage = ({ data: [width, buffer] }) => {
  const pixels = new Uint8ClampedArray(buffer);
  const code = jsQR(pixels, width, pixels.length / 4 / width, { inversionAttempts: 'dontInvert' });
  self.postMessage(code?.data ?? '');
};

self.postMessage('ready');
