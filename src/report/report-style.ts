/** The report's style sheet; it stands in the page, because the page is read offline. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 2rem auto; padding: 0 1rem; max-width: 90rem; }
h1 { margin-bottom: 0; }
h2 { margin-top: 2.5rem; }
h3 { margin: 1.6rem 0 0.2rem; }
h4 { margin: 1rem 0 0; }
h3 + p { margin: 0.2rem 0 0; }
table { border-collapse: collapse; margin: 0.6rem 0 1.2rem; }
th, td { border-bottom: 1px solid #8886; padding: 0.25rem 0.7rem; text-align: left; vertical-align: top; }
th { white-space: nowrap; }
td.number { text-align: right; white-space: nowrap; }
td.code { font-family: ui-monospace, monospace; white-space: nowrap; }
td.path { font-family: ui-monospace, monospace; font-size: 0.85em; opacity: 0.75; overflow-wrap: anywhere; }
a { color: inherit; }
details { border: 1px solid #8886; border-radius: 4px; margin: 0.5rem 0; padding: 0.4rem 0.9rem; }
details > div[id] { scroll-margin-top: 3.5rem; }
summary { cursor: pointer; font-weight: 600; }
.scroll { overflow-x: auto; }
p.warning { border-left: 4px solid #c60; padding-left: 0.8rem; }
.severity { border: 1px solid; border-radius: 3px; font-size: 0.85em; font-weight: 600; padding: 0 0.4em; white-space: nowrap; }
.severity.critical { background: #b00020; border-color: #b00020; color: #fff; }
.severity.warning { background: #ffd9a8; border-color: #c60; color: #6b3500; }
.severity.note { font-weight: 400; opacity: 0.75; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  :root { color-scheme: light; font-size: 10px; }
  body { margin: 0; max-width: none; padding: 0; }
  h2, h3, h4 { break-after: avoid; }
  tr { break-inside: avoid; }
  th, td { padding: 0.15rem 0.4rem; }
  td { overflow-wrap: anywhere; }
  .scroll { overflow: visible; }
  .severity { print-color-adjust: exact; }
  .notes::details-content { content-visibility: visible; display: block; }
}
`;
