// Holds the one dialog that signs in, for everything in the frame that asks for it.
import { useCallback, type ReactNode } from 'react';
import { SigningInProvider } from '../backend/signingIn';
import { navigate } from '../ui/navigation';

export function SignInHolder({ children }: { children: ReactNode }) {
  const open = useCallback(() => navigate({ screen: 'services' }), []);
  return <SigningInProvider value={open}>{children}</SigningInProvider>;
}
