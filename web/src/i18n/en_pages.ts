import { enAgents } from './en_agents.ts';
import { enServices } from './en_services.ts';
import { enExplorer } from './en_explorer.ts';
import { enAdmin } from './en_admin.ts';
import { enHealth } from './en_health.ts';
import { enHints } from './en_hints.ts';
import { enImport } from './en_import.ts';
import { enMarketplace } from './en_marketplace.ts';
import { enPeople } from './en_people.ts';
import { enQuality } from './en_quality.ts';
import { enRules } from './en_rules.ts';

/** The texts of the pages that are not opened first. */
export const enPages = {
  ...enAgents,
  ...enServices,
  ...enExplorer,
  ...enAdmin,
  ...enHealth,
  ...enHints,
  ...enImport,
  ...enMarketplace,
  ...enPeople,
  ...enQuality,
  ...enRules,
} as const;
