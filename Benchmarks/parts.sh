# What run.sh and run-feedback.sh have in common; they read it once $work, $results and $only are set.

say() { echo "$(date +%H:%M:%S) $*" >&2; }
asked() { case " $only " in *" $1 "*) return 0 ;; *) return 1 ;; esac; }
note() { say "$*"; printf '{"figure":"note","text":"%s"}\n' "$*" >>"$results"; }
# A part that fails or takes too long is told in the report; the others go on.
part() { # name, seconds, command
    name=$1; limit=$2; shift 2
    say "$name"
    timeout "$limit" "$@" >>"$results" 2>>"$work/errors.txt" || note "$name failed or took more than $limit s (see errors.txt in the folder of results)"
}
needs() { # programs
    for program in "$@"; do
        command -v "$program" >/dev/null 2>&1 || { echo "$program is missing; Scripts/setup.sh build bench installs what is needed" >&2; exit 69; }
    done
}
# The machine as it is when a run begins.
state() {
    printf '{"figure":"state","day":"%s","system":"%s","load":"%s","cores":"%s"}\n' "$(date -u +%Y-%m-%d)" "$(uname -s) $(uname -m)" \
        "$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)" "$(getconf _NPROCESSORS_ONLN)" >>"$results"
}
