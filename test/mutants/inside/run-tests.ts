import { run } from 'node:test';

// Runs the test files of its command line in this process, and ends with 1 at the first test that fails.
const results = run({ files: process.argv.slice(2), isolation: 'none' });
results.on('test:fail', ({ name }) => {
  process.stdout.write(`${name}\n`);
  process.exit(1);
});
results.on('end', () => process.exit(0));
results.resume();
