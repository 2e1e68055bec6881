// Finds what a person cannot see, read or hit in the current viewport, at every scroll position.
// Arguments: the width of the viewport in pixels. Returns one sentence for each kind of fault and element.
const LEAST_TEXT = 12;
const LEAST_TEXT_IN_DRAWING = 11;
const LEAST_TARGET = 24;
// Differences that come of rounding, in pixels.
const SLACK = 0.6;

const width = arguments[0];
const root = document.documentElement;
const all = [...document.body.querySelectorAll('*')];
const faults = new Set();

const describe = node => {
    const classes = typeof node.className === 'string' ? node.className : node.className.baseVal;
    const words = (name(node) || node.id || '').slice(0, 40);
    return `${node.tagName.toLowerCase()}${classes.trim() && `.${classes.trim().split(/\s+/).join('.')}`} «${words}»`;
};
const round = number => Math.round(number * 10) / 10;

// Elements that only screen readers meet are clipped to nothing.
const clipped = new Set(all.filter(node => getComputedStyle(node).clipPath.startsWith('inset')));
const hasAncestor = (node, is) => {
    for (let at = node; at && at !== document.body; at = at.parentElement) if (is(at)) return true;
    return false;
};
const isClipped = node => hasAncestor(node, at => clipped.has(at));
const isVisible = node => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !isClipped(node);
// What sticks out of such an element is reached by scrolling it, or is cut on purpose.
const isScrolledOrCut = node => hasAncestor(node, at => getComputedStyle(at).overflowX !== 'visible');
const isInScroller = node => node.parentElement && isScrolledOrCut(node.parentElement);

const scrollTo = top => window.scrollTo({ top, left: 0, behavior: 'instant' });

// 1. Bars that stay on the screen are covered by nothing but a dialog, and nothing is left below them at the end of the page.
const hasDialog = document.querySelector(':modal') !== null;
const bars = all.filter(node => !hasDialog && node.matches('.status-bar, .navigation, .sidebar-frame') && isVisible(node))
    .filter(node => hasAncestor(node, at => ['fixed', 'sticky'].includes(getComputedStyle(at).position)));
const checkBars = () => {
    for (const bar of bars) {
        const box = bar.getBoundingClientRect();
        if (box.left < -SLACK || box.right > width + SLACK || box.bottom > innerHeight + SLACK) {
            faults.add(`${describe(bar)} is partly outside the screen`);
        }
        for (let x = box.left + 2; x < Math.min(box.right, width) - 1; x += 18) {
            for (let y = Math.max(box.top, 0) + 2; y < Math.min(box.bottom, innerHeight) - 1; y += 7) {
                const hit = document.elementFromPoint(x, y);
                if (hit && !bar.contains(hit)) {
                    faults.add(`${describe(bar)} is covered by ${describe(hit)}`);
                }
            }
        }
    }
};
const end = root.scrollHeight - innerHeight;
for (let top = 0; top < end; top += innerHeight * 0.4) {
    scrollTo(top);
    checkBars();
}
scrollTo(end);
checkBars();
const main = document.querySelector('main');
const foot = bars.filter(bar => getComputedStyle(bar).position === 'fixed').map(bar => bar.getBoundingClientRect().top);
if (main && foot.length) {
    const last = main.getBoundingClientRect().bottom - parseFloat(getComputedStyle(main).paddingBottom);
    if (last > Math.min(...foot) + SLACK) {
        faults.add(`the end of the page is ${round(last - Math.min(...foot))} px below the bars at the foot`);
    }
}
scrollTo(0);

// 2. Nothing is wider than the screen.
if (root.scrollWidth > width) faults.add(`the page is ${root.scrollWidth} px wide`);
const sticksOut = box => box.width > 0 && box.height > 0 && (box.right > width + SLACK || box.left < -SLACK);
for (const node of all) {
    const box = node.getBoundingClientRect();
    if (sticksOut(box) && isVisible(node) && !isInScroller(node)) {
        faults.add(`${describe(node)} reaches from ${round(box.left)} to ${round(box.right)} px`);
    }
}

// 3. Text is large enough, and inside the screen and its drawing.
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const range = document.createRange();
while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !isVisible(node)) continue;
    range.selectNodeContents(texts.currentNode);
    const boxes = [...range.getClientRects()].filter(box => box.width > 0);
    if (!boxes.length) continue;
    const drawing = node.closest('svg');
    const matrix = drawing && node.getScreenCTM?.();
    const scale = matrix ? Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c)) : 1;
    const size = parseFloat(getComputedStyle(node).fontSize) * scale;
    const least = drawing ? LEAST_TEXT_IN_DRAWING : LEAST_TEXT;
    if (size < least - 0.05) faults.add(`${describe(node)} is written in ${round(size)} px, at least ${least}`);
    if (boxes.some(sticksOut) && !isScrolledOrCut(node)) faults.add(`the text of ${describe(node)} leaves the screen`);
    if (drawing && getComputedStyle(drawing).overflowX !== 'visible') {
        const edge = drawing.getBoundingClientRect();
        if (boxes.some(box => box.left < edge.left - 1 || box.right > edge.right + 1)) {
            faults.add(`the text of ${describe(node)} is cut at the edge of its drawing`);
        }
    }
}

// 4. Targets are large enough (WCAG 2.5.8). A link in a sentence is as high as its line.
const TARGETS = 'a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button], [tabindex="0"]';
const isInSentence = node => {
    if (!node.matches('a') || getComputedStyle(node).display !== 'inline') return false;
    let block = node.parentElement;
    while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
    return Boolean(block) && text(block).replace(text(node), '').match(/\p{L}/u) !== null;
};
for (const node of document.body.querySelectorAll(TARGETS)) {
    if (node.disabled) continue;
    // A control may be drawn by its label, and is pressed by it in any case.
    const isLabelled = ['radio', 'checkbox', 'file'].includes(node.type);
    const parts = [node, ...(isLabelled ? node.labels ?? [] : [])].filter(isVisible);
    const boxes = parts.flatMap(part => {
        // The link of a card covers the card, the invisible button of a row the row: by an element without text.
        const cover = getComputedStyle(part, '::after');
        const covers = cover.content !== 'none' && cover.position === 'absolute';
        return [part.getBoundingClientRect(), ...(covers ? [part.offsetParent?.getBoundingClientRect()] : [])];
    }).filter(box => box && box.width > 0 && box.height > 0);
    if (!boxes.length || isInSentence(node)) continue;
    const [across, down] = [
        Math.max(...boxes.map(box => box.right)) - Math.min(...boxes.map(box => box.left)),
        Math.max(...boxes.map(box => box.bottom)) - Math.min(...boxes.map(box => box.top)),
    ];
    if (Math.min(across, down) < LEAST_TARGET - SLACK) {
        faults.add(`${describe(node)} can be hit on ${round(across)} × ${round(down)} px only`);
    }
}
return [...faults];
