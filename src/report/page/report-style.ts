/** The style sheet of report and comparison; it stands in the page, because the page is read offline. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; --bar: #2f6fab; --line: #8886; --soft: #8882; }
@media (prefers-color-scheme: dark) { :root { --bar: #6aa9e0; } }
body { margin: 2rem auto; padding: 0 1rem; max-width: 90rem; }
h1 { margin-bottom: 0; }
h2 { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 1rem; }
h3 { margin: 1.6rem 0 0.2rem; }
h4 { margin: 1rem 0 0; }
h3 + p { margin: 0.2rem 0 0; }
table { border-collapse: collapse; margin: 0.6rem 0 1.2rem; }
th, td { border-bottom: 1px solid var(--line); padding: 0.25rem 0.7rem; text-align: left; vertical-align: top; }
th { white-space: nowrap; }
thead th { background: Canvas; position: sticky; top: 0; }
td.number { text-align: right; white-space: nowrap; }
td.code, span.code { font-family: ui-monospace, monospace; white-space: nowrap; }
td.code.list { max-width: 34em; white-space: normal; }
td.words { min-width: 16em; }
td.path { font-family: ui-monospace, monospace; font-size: 0.85em; opacity: 0.75; overflow-wrap: anywhere; }
table.facts th { white-space: normal; }
table.facts td { overflow-wrap: anywhere; }
a { color: inherit; }
ul.columns { column-gap: 2em; columns: 24em; font-size: 0.9em; list-style: none; margin: 0.4rem 0; padding: 0; }
ul.columns > li { break-inside: avoid; padding-left: 1.2em; text-indent: -1.2em; }
span.item { display: inline-block; margin-right: 1.2em; }
nav { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; margin: 1rem 0; }
.aside { font-weight: 400; opacity: 0.75; }
details { border: 1px solid var(--line); border-radius: 4px; margin: 0.5rem 0; padding: 0.4rem 0.9rem; }
details > div[id] { scroll-margin-top: 3.5rem; }
summary { cursor: pointer; font-weight: 600; }
.scroll { overflow-x: auto; }
p.warning { border-left: 4px solid #c60; padding-left: 0.8rem; }
.severity { border: 1px solid; border-radius: 3px; font-size: 0.85em; font-weight: 600; padding: 0 0.4em; white-space: nowrap; }
.severity.critical { background: #b00020; border-color: #b00020; color: #fff; }
.severity.warning { background: #ffd9a8; border-color: #c60; color: #6b3500; }
.severity.note { font-weight: 400; opacity: 0.75; }
dl.totals { display: grid; gap: 0.8rem; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); margin: 1.2rem 0; }
dl.totals > div { background: var(--soft); border-radius: 6px; padding: 0.6rem 0.9rem; }
dl.totals dt { font-weight: 600; }
dl.totals dd { margin: 0; }
dl.totals dt + dd { font-size: 1.6rem; line-height: 1.3; }
dl.totals .aside { font-size: 0.85rem; }
.charts { display: grid; gap: 1rem 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); }
figure.chart { margin: 0 0 1rem; max-width: 40rem; }
figure.chart.wide { max-width: 75rem; }
figure.chart svg { display: block; width: 100%; height: auto; }
figcaption { font-weight: 600; margin: 0.4rem 0; }
svg text { fill: currentColor; font-size: 13px; }
svg text.small { font-size: 12px; opacity: 0.8; }
svg .bar { fill: var(--bar); }
svg .shade-1 { fill-opacity: 0.72; }
svg .shade-2 { fill-opacity: 0.55; }
svg .shade-3 { fill-opacity: 0.42; }
svg .shade-4 { fill-opacity: 0.32; }
svg .shade-5 { fill-opacity: 0.24; }
svg .shade-6 { fill-opacity: 0.16; }
svg .grid { stroke: var(--line); }
svg polyline { fill: none; stroke: var(--bar); stroke-width: 2.5; }
svg polyline.asked { stroke: currentColor; stroke-dasharray: 5 4; stroke-width: 1.5; }
svg.panel { background: var(--soft); border-radius: 4px; display: block; height: auto; margin: 0.6rem 0; max-width: 100%; padding: 4px 0 0 4px; }
svg.panel.mini { margin: 0 0 0.2rem; padding: 0; }
.switch-map { display: flex; flex-wrap: wrap; font-size: 0.85rem; gap: 0.8rem 1.2rem; margin: 0.8rem 0; }
svg.panel text { fill: #111; font-size: 11px; pointer-events: none; }
.port { stroke: #0006; }
.speed-slow { background: #f2a0a0; fill: #f2a0a0; }
.speed-1g { background: #f5d48a; fill: #f5d48a; }
.speed-10g { background: #b9dca0; fill: #b9dca0; }
.speed-25g { background: #8fcfd6; fill: #8fcfd6; }
.speed-100g { background: #b3b8ee; fill: #b3b8ee; }
.speed-unknown { background: #d5d5d5; fill: #d5d5d5; }
.shared { background: #ff7ad1; fill: #ff7ad1; }
.key { border: 1px solid #0006; border-radius: 2px; display: inline-block; height: 0.8em; margin: 0 0.35em 0 0.9em; width: 0.8em; }
#machine-tools { align-items: center; display: flex; flex-wrap: wrap; gap: 0.4rem 1.5rem; }
#machine-tools[hidden] { display: none; }
#machine-tools input[type='search'] { font: inherit; padding: 0.3rem 0.5rem; width: min(28rem, 90vw); }
#machine-table td:not(.code, .number) { min-width: 11em; }
#columns > div { display: grid; gap: 0.2rem 1rem; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); min-width: min(40rem, 80vw); }
th button { all: unset; cursor: pointer; font-weight: 600; }
th button:focus-visible, summary:focus-visible, a:focus-visible { outline: 3px solid var(--bar); outline-offset: 2px; }
button.unfold { font-size: 0.8rem; vertical-align: middle; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  :root { --bar: #2f6fab; color-scheme: light; font-size: 10px; }
  body { margin: 0; max-width: none; padding: 0; }
  nav, #machine-tools, button.unfold { display: none; }
  h2, h3, h4, figcaption, summary { break-after: avoid; }
  tr, figure, svg.panel, dl.totals > div { break-inside: avoid; }
  th, td { padding: 0.15rem 0.4rem; }
  thead th { position: static; }
  td { overflow-wrap: anywhere; }
  .scroll { overflow: visible; }
  .severity, .bar, .port, .key, svg polyline, dl.totals > div { print-color-adjust: exact; }
  .charts { grid-template-columns: 1fr 1fr 1fr; }
  .notes::details-content { content-visibility: visible; display: block; }
}
`;
