import type { KeptResults } from './results.ts';

/** What a person is told first. */
export function beginningText({ url, pin, results }: { url: string; pin: string; results: string }): string {
  return `A visit of 40 made-up machines, on this host alone, by the master that a stick has. A minute here is five of a visit.

  The page     ${url}/   open it in a browser, or make its window as narrow as a phone
  PIN          ${pin}   what its buttons ask for: seal, stop discovery, power off
  Afterwards   ${results}/ has the tarball and report.html. Ctrl-C ends it at any time

`;
}

/** What to look at while it goes on, a line each. */
export function lookText(url: string, pin: string): string[] {
  return [
    `demo: open ${url}/ in a browser; its buttons ask for the PIN ${pin}`,
    'demo: machines come as they are switched on; two will be stuck, with the reason, and one of the list never comes',
    'demo: one has a disk that fails, and one lacks a memory module that its equals have',
  ];
}

interface EndInput extends KeptResults {
  url: string;
  done: number;
  stuck: number;
  notSeen: number;
  /** of the key that signed the tarball */
  code: string;
}

/** What is there at the end, and what to type next. */
export function endText({ tarball, earlier, report, url, done, stuck, notSeen, code }: EndInput): string {
  return `
The visit is over: ${done} machines have their record, ${stuck} are stuck, ${notSeen} of the list never came.

  ${report}   opens in any browser, offline
  ${tarball}   what lies on the stick
  ${earlier}   the same machines half a year ago

Try on them:

  ./recon verify ${tarball} --code ${code}
  ./recon query ${tarball} --examples
  ./recon query ${tarball} 'select product, count(*) from machines group by product'
  ./recon diff ${earlier} ${tarball}
  ./recon report ${tarball} -o ${report.replace(/report\.html$/, 'again')}

The page stays until Ctrl-C: ${url}/
`;
}
