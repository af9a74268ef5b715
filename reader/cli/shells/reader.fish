# Completion of `reader` for fish:  reader completion fish > ~/.config/fish/completions/reader.fish
#
# What is offered comes from `reader --complete`; fish quotes it, and nothing of it is ever evaluated here.

function __reader_complete
    set -l before (commandline -opc)
    set -e before[1]
    set -l token (commandline -ct)
    set -l begun (string replace -r -a '["\'\\\\]' '' -- "$token")
    set -l answer (command reader --complete fish -- $before "$begun" 2>/dev/null </dev/null)
    set -q answer[1]; or return 0
    set -l kind $answer[1]
    set -e answer[1]
    set -q answer[1]; and printf '%s\n' $answer
    switch $kind
        case files
            __fish_complete_path "$token"
        case folders
            __fish_complete_directories "$token"
    end
end

complete -c reader -f -a '(__reader_complete)'
