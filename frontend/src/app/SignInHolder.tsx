// Holds the one dialog that signs in, for everything in the frame that asks for it.
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { SigningInProvider } from '../backend/signingIn';
import type { ConnectRequest } from '../backend/types';
import { SignInDialog } from '../features/getdata';
import { navigate } from '../ui/navigation';

export function SignInHolder({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [request, setRequest] = useState<Partial<ConnectRequest> | null>(null);
  const close = () => setRequest(null);
  const done = () => {
    close();
    // Who is signed in stands in many places: the menu, the datasets, the bars over their data.
    void client.invalidateQueries();
  };
  const guide = () => {
    close();
    navigate({ screen: 'registration' });
  };
  return (
    <SigningInProvider value={setRequest}>
      {children}
      {request && <SignInDialog request={request} close={close} onDone={done} guide={guide} />}
    </SigningInProvider>
  );
}
