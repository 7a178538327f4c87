// What every page loads. Each module listens on the document, so content that htmx
// swaps in works without being wired again.
import "./amount.js";
import "./menu.js";
import "./toast.js";
import "./dialog.js";
import "./tooltip.js";
