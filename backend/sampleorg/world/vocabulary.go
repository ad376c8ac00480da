package world

// domain is the vocabulary of one corner of the business. Things are singular noun phrases that a symptom
// can follow; abilities are verb phrases that "can" can precede.
type domain struct {
	name      string
	actors    []string
	things    []string
	abilities []string
}

var domains = []domain{
	{"storefront", []string{"Shoppers", "Guests", "Merchandisers"},
		[]string{"home page banner", "wish list", "product card", "size advisor", "recently viewed strip", "store locator", "gift card page", "seasonal landing page", "cookie notice", "newsletter form", "price badge", "image gallery"},
		[]string{"share a wish list", "save a look for later", "find a store that has an item in stock", "see which sizes run small", "compare three products", "follow a brand", "preview a gift card", "switch between countries", "see when an item is back in stock", "zoom into fabric details", "hide items they already own", "read reviews from people of their size"}},
	{"search", []string{"Shoppers", "Catalogue editors", "Guests"},
		[]string{"search box", "filter panel", "result list", "sort order", "synonym list", "spelling hint", "facet counter", "category tree", "search index", "no-results page", "suggestion drop-down", "colour filter"},
		[]string{"search by photo", "filter by delivery date", "combine several filters", "sort by popularity", "search inside a brand", "keep filters when going back", "boost a campaign in results", "exclude sold-out items", "search with a typo", "save a search", "see why a product ranks first", "search by product number"}},
	{"checkout", []string{"Shoppers", "Business customers", "Guests"},
		[]string{"order summary", "delivery slot", "promo code field", "address form", "terms checkbox", "cart badge", "express pay sheet", "pick-up point map", "tax line", "invoice address", "session timer", "gift message"},
		[]string{"choose a delivery slot", "split an order across two addresses", "apply two promo codes", "check out without an account", "change the delivery address after ordering", "pick up an order in a locker", "add a gift message", "order on account", "put a cost centre on an invoice", "edit the cart on the last step", "schedule a repeat order", "see the tax for each item"}},
	{"payments", []string{"Shoppers", "Finance clerks", "Business customers"},
		[]string{"saved card", "card check", "refund form", "bank redirect", "payment receipt", "instalment plan", "currency picker", "chargeback list", "wallet button", "voucher balance", "payout report", "fraud hold"},
		[]string{"pay with a saved card", "pay by instant transfer", "refund part of an order", "pay in instalments", "see the exchange rate before paying", "retry a failed payment", "remove an expired card", "download all receipts of a year", "pay with two vouchers", "dispute a charge", "release a fraud hold", "reconcile payouts by day"}},
	{"accounts", []string{"Customers", "Support agents", "Administrators"},
		[]string{"sign-in page", "password reset mail", "profile photo", "consent page", "order history", "two-step prompt", "linked account", "account merge", "privacy export", "session list", "invitation mail", "role picker"},
		[]string{"sign in with a passkey", "see every device that is signed in", "merge two accounts", "download their data", "delete their account", "invite a colleague", "change their e-mail address", "recover an account without a phone", "grant a role for one day", "see who changed a role", "sign in with their company account", "turn off marketing mail"}},
	{"ios", []string{"Customers", "Couriers", "Beta testers"},
		[]string{"tab bar", "order tracker", "widget", "barcode scanner", "share sheet", "offline banner", "lock screen activity", "photo upload", "face unlock prompt", "map view", "pull-to-refresh", "onboarding carousel"},
		[]string{"track an order on the lock screen", "scan a barcode in the dark", "use the app offline", "sign in with face unlock", "add an order to the calendar", "reorder from a widget", "pay from the share sheet", "hand a basket over to the tablet", "see their courier on the map", "turn on larger text", "report a damaged parcel with a photo", "use the app one-handed"}},
	{"android", []string{"Customers", "Couriers", "Beta testers"},
		[]string{"bottom sheet", "order tracker", "home screen widget", "barcode scanner", "notification channel", "offline cache", "back gesture", "photo upload", "dark theme", "map view", "split screen layout", "app shortcut"},
		[]string{"track an order from a notification", "use the app in split screen", "scan a damaged barcode", "mute promotions only", "keep a draft basket offline", "open a parcel locker from the app", "use the dark theme at night", "pay with the phone locked", "see deliveries on a watch", "undo with the back gesture", "choose where downloads go", "use the app on a folding phone"}},
	{"design system", []string{"Designers", "Screen reader users", "Keyboard users"},
		[]string{"date picker", "toast", "focus ring", "colour token", "icon font", "dialog", "skeleton loader", "form label", "tooltip", "spacing scale", "table header", "empty state"},
		[]string{"reach every control by keyboard", "hear error messages as they appear", "use the system's text size", "switch to high contrast", "reduce motion", "pick a date without a mouse", "copy a component's code", "preview a theme", "read charts without colour", "see focus on dark surfaces", "resize a table column", "close a dialog with Escape"}},
	{"ingest", []string{"Data engineers", "Partners", "Analysts"},
		[]string{"connector", "schema registry", "dead letter queue", "backfill job", "partition key", "late event", "file drop", "rate limiter", "change feed", "checkpoint", "deduplication window", "ingest dashboard"},
		[]string{"replay a day of events", "add a source without a release", "see why a row was rejected", "pause a connector", "load files larger than 5 GB", "map a renamed column", "backfill a partition", "mask personal data on arrival", "follow a row from source to table", "set a quota for a partner", "validate a schema before deploying", "be warned when a source goes quiet"}},
	{"insights", []string{"Analysts", "Store managers", "Executives"},
		[]string{"dashboard tile", "export job", "date range", "currency conversion", "drill-through", "shared report", "forecast line", "pivot table", "alert rule", "row-level filter", "bookmark", "colour scale"},
		[]string{"export a report as a spreadsheet", "subscribe to a dashboard", "compare with the same week last year", "annotate a chart", "drill from region to store", "set an alert on a measure", "see how fresh the data is", "share a filtered view", "schedule a report for Monday morning", "forecast the next quarter", "hide a column from a role", "switch between currencies"}},
	{"routing", []string{"Dispatchers", "Drivers", "Planners"},
		[]string{"route optimizer", "time window", "driver break", "depot calendar", "traffic layer", "stop sequence", "toll estimate", "vehicle profile", "detour prompt", "arrival estimate", "zone editor", "load plan"},
		[]string{"insert an urgent stop", "respect low-emission zones", "plan around a driver's break", "lock the first three stops", "see the cost of a detour", "swap two routes", "plan a week ahead", "route electric vans by range", "print a stop list", "re-plan after a breakdown", "merge two half-full routes", "avoid unpaved roads"}},
	{"telematics", []string{"Fleet managers", "Mechanics", "Drivers"},
		[]string{"position beacon", "ignition event", "fuel gauge", "tyre pressure alert", "gateway", "firmware image", "trip log", "geofence", "harsh braking event", "battery reading", "heartbeat", "odometer"},
		[]string{"see where a vehicle was at any time", "be warned before a service is due", "update devices overnight", "compare fuel use by route", "find vehicles that stopped reporting", "prove a delivery by location", "limit tracking to working hours", "read trouble codes remotely", "score a driver's week", "lock a vehicle remotely", "audit who saw a position", "replay a trip on the map"}},
	{"dispatch", []string{"Dispatchers", "Couriers", "Customers"},
		[]string{"shift board", "courier chat", "proof of delivery", "signature pad", "handover list", "parcel label", "exception code", "drop-off photo", "cold chain log", "return pick-up", "queue monitor", "bulk assign dialog"},
		[]string{"hand a route to another courier", "call a customer without seeing the number", "deliver to a neighbour", "record a refused parcel", "print labels in bulk", "see all exceptions of a shift", "balance work between depots", "confirm an age check", "take a signature offline", "pick up a return on the way", "message a whole shift", "block a bad address"}},
	{"build", []string{"Developers", "Release managers", "Maintainers"},
		[]string{"build cache", "agent pool", "test splitter", "artifact store", "pull request check", "flaky test report", "container image", "dependency lock", "release note", "secret scan", "coverage gate", "merge queue"},
		[]string{"run only affected tests", "rerun a failed stage", "see why a build is queued", "reproduce a build locally", "promote a build without rebuilding", "block vulnerable packages", "compare two test runs", "cancel superseded builds", "share a build cache", "sign release artifacts", "quarantine a flaky test", "roll back with one command"}},
	{"warehouse", []string{"Pickers", "Stock controllers", "Shift leads"},
		[]string{"pick list", "bin location", "stock count", "goods receipt", "packing station", "label printer", "reorder point", "cycle count", "pallet tag", "returns bench", "shelf map", "handheld scanner"},
		[]string{"pick two orders in one walk", "count a bin without stopping picks", "receive goods against a notice", "split a pallet", "reserve stock for a store", "see what is missing from an order", "pack by weight limit", "return goods to another bin", "block damaged stock", "follow a batch number", "replenish before noon", "scan without looking at the screen"}},
	{"billing", []string{"Accountants", "Customers", "Controllers"},
		[]string{"invoice run", "credit note", "dunning letter", "price agreement", "tax code", "subscription", "usage meter", "ledger export", "proration", "payment term", "cost centre", "statement"},
		[]string{"bill by usage", "correct an invoice after posting", "pause a subscription", "send invoices electronically", "agree a price for a year", "split a bill between cost centres", "preview the next invoice", "close a month in one day", "write off small amounts", "export to the ledger", "see open items by customer", "change the billing day"}},
	{"support", []string{"Support agents", "Customers", "Team leads"},
		[]string{"ticket queue", "canned reply", "callback slot", "chat transcript", "satisfaction survey", "escalation rule", "knowledge article", "shift handover", "spam filter", "agent status", "attachment preview", "customer timeline"},
		[]string{"answer in the customer's language", "merge duplicate tickets", "book a callback", "see a customer's last orders", "hand a chat to a specialist", "reuse a good answer", "measure first response time", "close solved tickets in bulk", "find similar cases", "mute an abusive sender", "share a screen recording", "plan shifts by forecast"}},
	{"portal", []string{"Partners", "Suppliers", "Account managers"},
		[]string{"order upload", "price list", "contract page", "approval step", "message centre", "delivery note", "audit trail", "document library", "onboarding checklist", "quota meter", "company profile", "rebate report"},
		[]string{"upload orders as a file", "confirm a delivery date", "approve from a phone", "renew a contract online", "see the state of every order", "appoint a deputy", "download certificates", "claim a rebate", "correct a delivery note", "test against a sandbox", "invite a second signatory", "negotiate a price"}},
}

var (
	qualifiers = []string{"on slow connections", "without leaving the page", "from the order history", "in every supported language", "with the keyboard only", "on tablets", "for business accounts", "after signing in with a passkey",
		"in the right-to-left layout", "from an e-mail link", "while offline", "in bulk", "across time zones", "for shared accounts", "from the mobile web", "with a screen reader"}
	improvements = []string{"Speed up the %s", "Redesign the %s", "Measure how the %s is used", "Make the %s accessible", "Translate the %s", "Cache the %s", "Move the %s to the new platform", "Let support see the %s", "Simplify the %s",
		"Add an audit trail to the %s", "Retire the old %s", "Explain the %s to new users"}
	symptoms = []string{"disappears", "opens twice", "shows the wrong amount", "freezes", "cannot be reached by keyboard", "loses what was typed", "flickers", "is cut off", "shows yesterday's data", "throws an error", "stays empty",
		"takes over ten seconds", "ignores the second click", "shows a raw error code", "is translated only half", "resets without warning", "overlaps the footer", "sends two requests", "keeps spinning", "rounds down instead of up", "is read out twice", "crashes"}
	conditions = []string{"at midnight", "on the last day of the month", "after a session expires", "when the network drops", "in Safari", "on small screens", "for accounts with more than 1,000 entries", "after switching languages", "when two tabs are open",
		"with an ad blocker", "after an upgrade", "when the clock changes", "for names with an apostrophe", "in dark mode", "after pressing Back", "during a release", "for the second user of a household", "when the list is empty", "under load", "with 200 % zoom"}
	taskVerbs = []string{"Sketch the %s", "API for the %s", "UI for the %s", "Unit tests for the %s", "Contract tests for the %s", "Telemetry for the %s", "Feature flag for the %s", "Migrate data behind the %s", "Document the %s", "Review copy of the %s",
		"Load test the %s", "Wire up the %s", "Clean up after the %s", "Handle errors in the %s"}
	featureNames = []string{"%s that people trust", "Self-service %s", "%s on every device", "Next generation of the %s", "%s at scale", "Accessible %s", "%s without waiting", "Measurable %s", "Rework of the %s", "%s for business customers"}
	epicNames    = []string{"Grow %s", "One %s for all markets", "%s without surprises", "Dependable %s", "%s in half the time", "Open up %s to partners", "%s people come back to", "Modern foundations for %s"}
	spikeNames   = []string{"What would it cost to replace the %s?", "Can the %s run at the edge?", "Find out why the %s is slow", "Compare two vendors for the %s", "How far does the %s scale?"}
	obstacles    = []string{"Test environment of the %s is down", "Waiting for legal on the %s", "No licence for the %s", "Vendor answers late about the %s", "Key person for the %s is on leave", "Access to the %s not granted", "Hardware for the %s is delayed"}
	riskNames    = []string{"%s depends on one supplier", "%s may miss the certification date", "Nobody else knows the %s", "%s could exceed its budget", "Law on the %s may change"}
	changeNames  = []string{"Extend the %s to a second region", "Change the reporting period of the %s", "Add a field to the %s", "Raise the limit of the %s", "Replace the protocol of the %s"}
	reviewNames  = []string{"Design review of the %s", "Safety review of the %s", "Code review of the %s", "Architecture review of the %s"}
	caseNames    = []string{"Check the %s with an empty account", "Check the %s with two users", "Check the %s after an upgrade", "Check the %s in every language", "Check the %s with the longest input"}
	clarified    = []string{" (mobile only)", " (regression)", " in the new layout", " for all tenants", ", second attempt", " (EU)", " and its help page"}
)
