/** What a template is called, when to choose it, and where the idea comes from. */
export interface TemplateNote {
  readonly title: string
  /** When to choose it, in one paragraph. */
  readonly description: string
  /** Address of the licence that inspired it, of which nothing else is shown; null for our own. */
  readonly inspiredBy: string | null
}

export const TEMPLATE_NOTES: Readonly<Record<string, TemplateNote>> = {
  guardianship: {
    title: 'Guardianship',
    description:
      'For data that stays in the care of the community. Members at home or in the region use it for the community, for learning and for research; everyone else, and members elsewhere, asks the council first. It is never for commerce, whoever asks, and never passed on, and whoever uses it reports back and shares what they make. Choose it when people may well work with the data, but only in a relation with those it comes from.',
    inspiredBy: 'https://github.com/TeHikuMedia/Kaitiakitanga-License',
  },
  'tiered-benefit': {
    title: 'Tiered benefit',
    description:
      'Free, passing it on too, for people and bodies whose head office is in the region and who are at home, in the region or in a country that is not rich; they share what they make under the same rules. Everybody else first signs what they give back, and then may use it but not pass it on. It is barred from watching people, keeping files on them and advertising. Choose it when the community wants its data to be used, for business too, on terms that take account of who already has more.',
    inspiredBy: 'https://datasciencelawlab.africa/?p=1415',
  },
  reinvest: {
    title: 'Reinvest',
    description:
      'Research and other listed uses that sell nothing are free for whoever is no company and has none behind them. What is made from the data may be sold by bodies that are in the region and led from there; companies and sellers elsewhere first sign what they give back, which goes into making data. Nobody passes the data on. Choose it when data cost money to make and more of it should follow.',
    inspiredBy: 'https://waywithwords.ai/esethu',
  },
  'open-with-credit': {
    title: 'Open with credit',
    description:
      'Anyone may use the data and pass it on, without asking, as long as they name everyone who made it. It is barred from products for sale, advertising, copying voices, watching people and keeping files on them. Choose it when the data should travel far and nothing in it could hurt anybody.',
    inspiredBy: 'https://creativecommons.org/licenses/by-nc/4.0/',
  },
  'research-only': {
    title: 'Research only',
    description:
      'For universities, public bodies and non-profits with ethics approval and without a company behind them. They use it for research, testing and preservation until the licence ends, report back, and pass nothing on. Choose it when the people in the data were promised that it would serve research alone.',
    inspiredBy: null,
  },
  'community-only': {
    title: 'Community only',
    description:
      'For what must never leave. Members, and nobody else, work with it where it is, each time after a vote of the council; no copy is ever handed out, and outsiders do not even see that it exists. Choose it for ceremonial or family knowledge, and whenever the community is not sure yet: it can be opened later, while a copy that is out cannot be called back.',
    inspiredBy: null,
  },
  'staged-release': {
    title: 'Staged release',
    description:
      'Opens by date: first members see a sample and work with it in place, from a first date on researchers of universities, public bodies and non-profits may use it after a vote, and from a second date on everyone may, for anything but watching people, files on them, advertising and copying voices. Choose it for data that needs a time of care before it is shared, and agree on the dates before you start.',
    inspiredBy: null,
  },
  open: {
    title: 'Open',
    description:
      'Anyone may do anything with the data and gives credit. There is no way back and nobody has to ask, so it fits what the community wants to be found everywhere: a word list, a spelling guide, public documents.',
    inspiredBy: 'https://creativecommons.org/licenses/by/4.0/',
  },
}

/** The title of a template; a licence that was made from none goes by its own, which is given. */
export const templateTitle = (name: string): string => TEMPLATE_NOTES[name]?.title ?? name
