import { Option } from 'commander';

/** Every command that reads tarballs has it. */
export function identityOption(): Option {
  return new Option('--identity <file>', 'file of age-keygen that opens an encrypted tarball (….tar.gz.age)');
}
