//! Which fields are to be written, for each type that stands at a place of the query.

use std::{any::type_name, cell::RefCell, rc::Rc};

use async_graphql::{
    Name, Positioned,
    parser::types::{Directive, Field, Selection, SelectionSet},
};

use super::{Declined, Fields, Run, Written};

/// A field to be written.
pub(in crate::graphql) struct Planned<'q> {
    /// Its key in the answer, as JSON has it: `"name":`.
    pub(super) key: String,
    /// Its number in its type; `None` for `__typename`.
    pub(super) index: Option<usize>,
    /// The field as it was asked for, with its arguments.
    pub(super) field: &'q Positioned<Field>,
    /// What is asked of its value: a field may be asked for several times.
    selected: Vec<&'q SelectionSet>,
    /// What that comes to for each type that the value had.
    plans: RefCell<Vec<(&'static str, Rc<Plan<'q>>)>>,
}

/// The fields of one type, in the order of the query.
pub(super) struct Plan<'q> {
    pub(super) fields: Vec<Planned<'q>>,
}

impl<'q> Planned<'q> {
    /// The field that holds everything.
    pub(super) fn root(field: &'q Positioned<Field>) -> Self {
        let selected = vec![&field.node.selection_set.node];
        Self { key: String::new(), index: None, field, selected, plans: RefCell::default() }
    }

    /// What is asked of a value of this type.
    pub(super) fn plan<T: Fields>(&self, run: &Run<'q>) -> Written<Rc<Plan<'q>>> {
        let name = type_name::<T>();
        let found = self.plans.borrow().iter().find(|it| it.0 == name).map(|it| it.1.clone());
        if let Some(plan) = found {
            return Ok(plan);
        }
        let plan = Rc::new(Plan::of::<T>(&self.selected, run)?);
        self.plans.borrow_mut().push((name, plan.clone()));
        Ok(plan)
    }
}

impl<'q> Plan<'q> {
    /// Gathers what selections ask of an object of a type (GraphQL specification, `CollectFields`).
    pub(super) fn of<T: Fields>(selected: &[&'q SelectionSet], run: &Run<'q>) -> Written<Self> {
        let mut plan = Self { fields: Vec::new() };
        let ty = T::type_name();
        for set in selected {
            plan.gather(set, &ty, T::index, run)?;
        }
        // The library has its own way with objects of which nothing is left.
        if plan.fields.is_empty() { Err(Declined) } else { Ok(plan) }
    }

    fn gather(
        &mut self,
        set: &'q SelectionSet,
        ty: &str,
        index: fn(&str) -> Option<usize>,
        run: &Run<'q>,
    ) -> Written {
        for selection in &set.items {
            let (condition, set) = match &selection.node {
                Selection::Field(field) => {
                    if run.wants(&field.node.directives)? {
                        self.field(field, index)?;
                    }
                    continue;
                }
                Selection::FragmentSpread(spread) => {
                    if !run.wants(&spread.node.directives)? {
                        continue;
                    }
                    let fragment = run.operation.fragments.get(&spread.node.fragment_name.node);
                    let fragment = &fragment.ok_or(Declined)?.node;
                    (Some(&fragment.type_condition), &fragment.selection_set.node)
                }
                Selection::InlineFragment(inline) => {
                    if !run.wants(&inline.node.directives)? {
                        continue;
                    }
                    let condition = inline.node.type_condition.as_ref();
                    (condition, &inline.node.selection_set.node)
                }
            };
            if condition.is_none_or(|it| run.is(ty, &it.node.on.node)) {
                self.gather(set, ty, index, run)?;
            }
        }
        Ok(())
    }

    fn field(&mut self, field: &'q Positioned<Field>, index: fn(&str) -> Option<usize>) -> Written {
        let name = field.node.name.node.as_str();
        let selected = &field.node.selection_set.node;
        let key = serde_json::to_string(field.node.response_key().node.as_str());
        let key = key.map_err(|_| Declined)? + ":";
        if let Some(known) = self.fields.iter_mut().find(|it| it.key == key) {
            // Validation has seen to it that both are the same field with the same arguments.
            known.selected.push(selected);
            return Ok(());
        }
        let index = match name {
            "__typename" => None,
            name => Some(index(name).ok_or(Declined)?),
        };
        let selected = vec![selected];
        self.fields.push(Planned { key, index, field, selected, plans: RefCell::default() });
        Ok(())
    }
}

impl Run<'_> {
    /// Whether `@skip` and `@include` want a selection.
    fn wants(&self, directives: &[Positioned<Directive>]) -> Written<bool> {
        for directive in directives {
            let name = directive.node.name.node.as_str();
            let wanted = match name {
                "include" => true,
                "skip" => false,
                _ => return Err(Declined),
            };
            let condition = directive.node.get_argument("if").ok_or(Declined)?;
            let condition = condition.node.clone().into_const_with(|name| self.variable(&name))?;
            if condition != async_graphql::Value::Boolean(wanted) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn variable(&self, name: &Name) -> Written<async_graphql::Value> {
        let given = self.query.variables.get(name);
        let default = || {
            let mut definitions = self.operation.variables().iter();
            definitions.find(|it| it.node.name.node == *name)?.node.default_value()
        };
        given.or_else(default).cloned().ok_or(Declined)
    }

    /// Whether a type is meant by the condition of a fragment: itself, or what it belongs to.
    fn is(&self, ty: &str, condition: &str) -> bool {
        ty == condition
            || self.schema.registry.types.get(condition).is_some_and(|it| it.is_possible_type(ty))
    }
}
