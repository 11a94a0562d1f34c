// The models to choose from, grouped by provider.

import { element } from './dom.js';

/** Fills the map by alias and the menus. */
export function fillModels(list, models, menus) {
	list.models.forEach((model) => models.set(model.alias, model));
	for (const menu of menus) {
		const groups = new Map();
		for (const model of list.models) {
			if (!groups.has(model.provider)) {
				const group = element('optgroup');
				group.label = (model.type === model.provider) ? model.provider : `${model.provider} (${model.type})`;
				groups.set(model.provider, group);
			}
			groups.get(model.provider).append(new Option(model.alias, model.alias, model.isDefault, model.isDefault));
		}
		menu.replaceChildren(...groups.values());
	}
}
