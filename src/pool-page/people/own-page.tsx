import { useState } from 'preact/hooks';
import type { TokenView } from '../../domain/pool/api-views.ts';
import type { ViewProps } from '../live/view-props.ts';
import { ViewTitle } from '../words/view-title.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { TokenDialog } from './token-dialog.tsx';
import { TokenTable } from './token-table.tsx';
import { useList } from './use-list.ts';

/** The tokens of whoever is before the page. */
export function OwnPage({ state: { session }, actions }: ViewProps) {
  const { entries, fault, reload } = useList<TokenView>('/own/tokens');
  const [isNew, setNew] = useState(false);
  const [secret, setSecret] = useState('');
  const person = session.state === 'in' ? session.person : undefined;
  return (
    <section aria-labelledby="view-title">
      <ViewTitle text="Your tokens" />
      <p class="hint">By a token a program of yours asks the head, as recon does with --token-file. It may never more than you may.</p>
      {fault !== '' && (
        <p class="notice warn" role="alert">
          {fault}
        </p>
      )}
      <p class="buttons">
        <button type="button" class="action" onClick={() => setNew(true)}>
          New token …
        </button>
      </p>
      <TokenTable tokens={entries} path="/own/tokens" actions={actions} onRevoked={reload} />
      {isNew && (
        <TokenDialog
          most={person?.role ?? 'viewer'}
          onMade={(made) => {
            setSecret(made);
            reload();
          }}
          onClose={() => setNew(false)}
        />
      )}
      {secret !== '' && !isNew && (
        <SecretDialog
          title="The token"
          explain="It is shown this once. Keep it in a file that only you may read."
          label="Token"
          text={secret}
          onClose={() => setSecret('')}
        />
      )}
    </section>
  );
}
