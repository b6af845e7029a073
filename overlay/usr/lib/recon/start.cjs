'use strict';
// Starts recon.cjs with what V8 compiled of it when the image was made (recon.code): compiling the text anew would be more than half of a start. V8
// looks whether the code is of its own version and of this text; if not, it compiles, as it would without it.
// With RECON_KEEP_CODE=<file> the code is written there at the end; the builder does that.

const { readFileSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const vm = require('node:vm');

const path = join(__dirname, 'recon.cjs');
const script = new vm.Script(`(function(require,module,exports,__filename,__dirname){${readFileSync(path, 'latin1')}\n})`, {
  // the same wherever it was built
  filename: '/usr/lib/recon/recon.cjs',
  cachedData: keptCode(),
  importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
if (script.cachedDataRejected) process.stderr.write('recon: the kept code is of another Node or program, and is compiled anew\n');

const keep = process.env.RECON_KEEP_CODE;
if (keep !== undefined) process.on('exit', () => writeFileSync(keep, script.createCachedData()));

process.argv[1] = path;
const main = { exports: {} };
script.runInThisContext()(createRequire(path), main, main.exports, path, __dirname);

function keptCode() {
  try {
    return readFileSync(join(__dirname, 'recon.code'));
  } catch {
    return undefined;
  }
}
