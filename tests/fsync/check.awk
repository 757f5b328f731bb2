# Reads what strace saw of `chancery record`, and holds every acknowledgement against it:
#
#   pwrite64 to db … fdatasync of db … write to chancery.head … fdatasync of it … "recorded"
#
# A sync counts for what was written before it began, once it has come back with 0. Threads are
# told apart by their ids: a call that another one interrupts stands on two lines.

function name(line) {
    if (line ~ /<[^>]*\/db>/) return "db"
    if (line ~ /<[^>]*\/chancery\.head>/) return "head"
    return ""
}

function wrong(what) {
    printf "line %d: %s: %s\n", NR, what, $0
    failed = 1
}

{
    thread = $1
    call = $2
    sub(/\(.*/, "", call)
    begins = $0 !~ / resumed>/
    ends = $0 !~ /<unfinished \.\.\.>$/
    if (begins) file = name($0)
    else {
        call = $3
        file = under_way[thread]
    }
    under_way[thread] = ends ? "" : file
}

call ~ /^p?write(64|v)?$/ && file != "" {
    # Counted twice if it takes two lines: a sync in between does not count for all of it.
    writes[file]++
    last_write[file] = NR
}

call ~ /^f(data)?sync$/ && file != "" {
    if (begins) begun[thread] = writes[file]
    if (ends && $NF == "0" && begun[thread] > synced[file]) {
        synced[file] = begun[thread]
        last_sync[file] = NR
    }
}

begins && call == "write" && /write\(1<.*: recorded / {
    acknowledged++
    if (writes["db"] == 0 || writes["db"] == before["db"]) wrong("acknowledged, but nothing was written to the log")
    else if (synced["db"] < writes["db"]) wrong("acknowledged before an fdatasync of what was written to the log")
    if (writes["head"] == before["head"]) wrong("acknowledged, but the acknowledged head was not written")
    else if (synced["head"] < writes["head"]) wrong("acknowledged before an fdatasync of the acknowledged head")
    if (last_sync["db"] > last_write["head"]) wrong("the acknowledged head was written before the log was synced")
    before["db"] = writes["db"]
    before["head"] = writes["head"]
}

END {
    if (acknowledged < 5) {
        printf "only %d acknowledgements were seen\n", acknowledged
        failed = 1
    }
    if (!failed) printf "%d acknowledgements, each after an fdatasync of the log and then of its head\n", acknowledged
    exit failed
}
