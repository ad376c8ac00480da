// The application: server state, theme, notices, and the frame once the program has answered.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ErrorCircle20Regular } from '@fluentui/react-icons/svg/error-circle';
import { useState } from 'react';
import { faultOf } from '../backend/call';
import { Button } from '../ui/Button';
import { FaultCard } from '../ui/FaultCard';
import { Ring } from '../ui/Ring';
import { ThemeProvider } from '../ui/theme';
import { Notices } from './Notices';
import { Shell } from './Shell';
import { SignInHolder } from './SignInHolder';
import styles from './Shell.module.css';
import { useShellState } from './shellState';
import { states } from './texts';

// The other side is this computer: an answer stays good until an event says otherwise, and being
// without a network is no reason to wait.
function newClient(): QueryClient {
  const always = { networkMode: 'always' as const, retry: false };
  return new QueryClient({ defaultOptions: { queries: { ...always, staleTime: Infinity, refetchOnWindowFocus: false }, mutations: always } });
}

export function App() {
  const [client] = useState(newClient);
  return (
    <QueryClientProvider client={client}>
      <Started />
    </QueryClientProvider>
  );
}

function Started() {
  const answer = useShellState();
  return (
    <ThemeProvider choice={answer.data?.theme ?? 'system'}>
      {answer.data ? (
        <SignInHolder>
          <Shell state={answer.data} />
        </SignInHolder>
      ) : (
        <div className={styles.app}>
          {answer.isError ? <NotStarted error={answer.error} again={() => void answer.refetch()} /> : <Starting />}
        </div>
      )}
      <Notices />
    </ThemeProvider>
  );
}

function Starting() {
  return (
    <div className={styles.centered}>
      <Ring />
      {states.starting}
    </div>
  );
}

function NotStarted({ error, again }: { error: unknown; again: () => void }) {
  return (
    <div className={styles.fault}>
      <FaultCard
        fault={faultOf(error)}
        tone="danger"
        icon={<ErrorCircle20Regular />}
        actions={
          <Button look="primary" onClick={again}>
            {states.again}
          </Button>
        }
      />
    </div>
  );
}
