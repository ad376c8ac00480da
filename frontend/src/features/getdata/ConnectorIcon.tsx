import { Beaker24Regular } from '@fluentui/react-icons/svg/beaker';
import { Cloud24Regular, Cloud28Regular } from '@fluentui/react-icons/svg/cloud';
import { PersonKey20Regular } from '@fluentui/react-icons/svg/person-key';
import { Server24Regular } from '@fluentui/react-icons/svg/server';
import type { Connector } from './connectors';

const small = { cloud: Cloud24Regular, server: Server24Regular, sample: Beaker24Regular, sampleKey: PersonKey20Regular };
const large = { cloud: Cloud28Regular, server: Server24Regular, sample: Beaker24Regular, sampleKey: PersonKey20Regular };

/** The neutral picture of a connector: 24 px in a dialog, 28 px on a card. */
export function ConnectorIcon({ icon, size }: { icon: Connector['icon']; size: 24 | 28 }) {
  const Icon = (size === 28 ? large : small)[icon];
  return <Icon aria-hidden="true" style={{ width: size, height: size }} />;
}
