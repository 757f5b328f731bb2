-- What the questions ask beyond rows: everything as at a day. PostgreSQL writes a function of one
-- statement into the statement that calls it, so that its indexes are used.

create type participant_on as (
    convention text, state_code text, state_name text, standing text, act text, bound_on date,
    in_force_from date
);

create function participants_on(day date) returns setof participant_on
language sql stable as $$
    select
        convention, state_code, state_name,
        case
            when withdrawn_on <= day then 'WITHDRAWN'
            when in_force_from <= day then 'IN_FORCE'
            when bound_on <= day then 'PENDING'
            else 'SIGNATORY'
        end,
        case when bound_on <= day then upper(act) end,
        case when bound_on <= day then bound_on end,
        case when bound_on <= day then in_force_from end
    from participants
    where signed_on <= day or bound_on <= day
$$;

create function conventions_participants_on(c conventions, day date) returns setof participant_on
language sql stable as $$
    select * from participants_on(day)
    where convention = c.convention and standing <> 'WITHDRAWN'
    order by state_code
$$;

create function state_on(state text, day date) returns setof participant_on
language sql stable as $$
    select * from participants_on(day) where state_code = state order by convention
$$;

create type status_on as (
    bound integer, in_force integer, pending integer, signatories_only integer, withdrawn integer
);

create function conventions_status_on(c conventions, day date) returns status_on
language sql stable as $$
    select
        count(*) filter (where standing in ('IN_FORCE', 'PENDING')),
        count(*) filter (where standing = 'IN_FORCE'),
        count(*) filter (where standing = 'PENDING'),
        count(*) filter (where standing = 'SIGNATORY'),
        count(*) filter (where standing = 'WITHDRAWN')
    from participants_on(day)
    where convention = c.convention
$$;

create function conventions_decisions_on(c conventions, day date) returns setof decisions
language sql stable as $$
    select * from decisions where convention = c.convention and taken_on <= day order by number
$$;

create function conventions_decisions_of(c conventions, of_meeting text, day date)
returns setof decisions
language sql stable as $$
    select * from decisions
    where convention = c.convention and meeting = of_meeting and taken_on <= day
    order by number
$$;

create type budget_on as (year integer, total text, lower text, upper text, reported text);

create function conventions_budgets_on(c conventions, day date, first_year integer, last_year integer)
returns setof budget_on
language sql stable as $$
    select
        year, total,
        total_currency || ' ' || (
            select coalesce(sum(amount_lower), 0) from contributions paid
            where paid.convention = it.convention and paid.year = it.year and paid.paid_on <= day
        ),
        total_currency || ' ' || covered_upper,
        upper(covered_as_reported)
    from budgets it
    where convention = c.convention and year between first_year and last_year
    order by year
$$;
