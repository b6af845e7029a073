import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { PageParts } from '../../domain/web-page.ts';

/** The page as it is served. */
export interface WebPage {
  html: string;
  /** value of the Content-Security-Policy header: nothing runs but this page's own script, and it talks to nobody else */
  contentSecurityPolicy: string;
}

/** One HTML page that holds all it needs: it must open where there is no internet. `noscript` is markup. */
export function webPage({ script, style }: PageParts, { noscript }: { noscript: string }): WebPage {
  return {
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Recon</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="page"><noscript><p>This page needs JavaScript. ${noscript}</p></noscript></div>
<script>${script}</script>
</body>
</html>
`,
    contentSecurityPolicy: [
      "default-src 'none'",
      `script-src '${sourceHash(script)}'`,
      `style-src '${sourceHash(style)}'`,
      "connect-src 'self'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      // a text of a machine can then not become markup by any mistake of ours
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
  };
}

export function sendPage(reply: FastifyReply, { html, contentSecurityPolicy }: WebPage): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', contentSecurityPolicy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('cache-control', 'no-store')
    .send(html);
}

function sourceHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
