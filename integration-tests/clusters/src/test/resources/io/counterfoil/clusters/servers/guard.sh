# Runs a server in a session of its own, as a child of this shell. The shell ends when the server ends.
# Arguments: the log, then the server and its arguments.
#
# Standard input is a pipe from the JVM. A line of two words is a command, and is answered with the line "done":
#   server SIGNAL   sends a signal to the first process of the server
#   all SIGNAL      sends STOP, CONT or KILL to all processes of the server; after KILL none of them is left
# If the first process ends, the others are killed. If the JVM ends, even by kill -9, the pipe ends, and all processes of the server are killed.

log=$1
shift
exec 3<&0
setsid "$@" >>"$log" 2>&1 </dev/null 3<&- &
server=$!

# Finds the processes of the server: its session and descendants, since PostgreSQL gives each child a session of its own.
# Adds them to $found. Zombies excepted, they are also in $alive; except for the first one in $others; if not stopped in $running.
find_processes() {
  while :; do
    before=$found
    alive= running= others=
    for file in /proc/[0-9]*/stat; do
      { read -r line <"$file"; } 2>/dev/null || continue # has ended
      pid=${line%% *}
      set -- ${line##*) } # the name of the program may contain spaces and parentheses
      case $found in
        *" $pid "*) ;;
        *" $2 "* | *" $4 "*) found="$found$pid " ;; # the parent or the session
        *) continue ;;
      esac
      case $1 in
        Z | X) continue ;;
        T) ;;
        *) running="$running$pid " ;;
      esac
      alive="$alive$pid "
      [ "$pid" = "$server" ] || others="$others$pid "
    done
    [ "$found" = "$before" ] && return
  done
}

# A stopped process starts no others, so in the end all are found and stopped.
stop_all() {
  find_processes
  while [ -n "$running" ]; do
    kill -STOP $running 2>/dev/null
    find_processes
  done
}

signal_all() {
  found=" $server "
  case $1 in
    CONT)
      find_processes
      kill -CONT $alive 2>/dev/null
      ;;
    STOP) stop_all ;;
    KILL)
      stop_all
      # The first process is the last one, because the guard ends with it.
      while [ -n "$others" ]; do
        kill -KILL $others 2>/dev/null
        find_processes
      done
      kill -KILL "$server" 2>/dev/null
      ;;
  esac
}

execute_commands() {
  while read -r target signal; do
    case $target in
      server) kill "-$signal" "$server" 2>/dev/null ;;
      all) signal_all "$signal" ;;
    esac
    echo done
  done
  signal_all KILL
}

execute_commands <&3 &
exec 3<&- >&-
wait "$server"
status=$?
signal_all KILL # what the first process has left
exit "$status"
