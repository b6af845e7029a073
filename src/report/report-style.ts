/** The report's style sheet; it stands in the page, because the page is read offline. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { margin: 2rem auto; padding: 0 1rem; max-width: 90rem; }
h1 { margin-bottom: 0; }
h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; margin: 0.6rem 0 1.2rem; }
th, td { border-bottom: 1px solid #8886; padding: 0.25rem 0.7rem; text-align: left; vertical-align: top; }
th { white-space: nowrap; }
td.number { text-align: right; white-space: nowrap; }
td.code { font-family: ui-monospace, monospace; white-space: nowrap; }
details { border: 1px solid #8886; border-radius: 4px; margin: 0.5rem 0; padding: 0.4rem 0.9rem; }
summary { cursor: pointer; font-weight: 600; }
.scroll { overflow-x: auto; }
.warning { border-left: 4px solid #c60; padding-left: 0.8rem; }
@media print { details { break-inside: avoid; } }
`;
