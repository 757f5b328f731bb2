# Whom a convention binds on a day, asked with R: Rscript client.R [ADDRESS [CONVENTION [DAY]]]
given <- commandArgs(trailingOnly = TRUE)
or <- function(at, otherwise) if (length(given) >= at) given[at] else otherwise
address <- or(1, "http://127.0.0.1:8017/graphql")
variables <- list(convention = or(2, "ccm"), day = or(3, "2017-09-06"))
query <- "query ($convention: ID!, $day: Date) { convention(id: $convention, asAt: $day) {
  name status { bound inForce } participants(standing: PENDING) { nodes { state { name } inForceFrom } } } }"

encoded <- function(text) utils::URLencode(text, reserved = TRUE)
asked <- paste0(address, "?query=", encoded(query),
                "&variables=", encoded(jsonlite::toJSON(variables, auto_unbox = TRUE)))
answer <- jsonlite::fromJSON(asked)  # a data frame for each list
if (!is.null(answer$errors)) stop(paste(answer$errors$message, collapse = "\n"))

it <- answer$data$convention
cat(sprintf("%s, %s: %d bound, in force for %d\n", it$name, variables$day, it$status$bound, it$status$inForce))
rows <- it$participants$nodes
if (length(rows)) cat(sprintf("%s from %s\n", rows$state$name, rows$inForceFrom), sep = "")
