#compdef reader
# Completion of `reader` for zsh. In ~/.zshrc, after compinit:  eval "$(reader completion zsh)"
#
# What is offered comes from `reader --complete`; zsh quotes it, and nothing of it is ever evaluated here.

_reader() {
    local -a before answer loose loose_shown tight tight_shown
    local line value told
    (( CURRENT > 2 )) && before=("${(@Q)words[2,CURRENT-1]}")
    answer=("${(@f)$(command reader --complete zsh -- "${before[@]}" "${(Q)PREFIX}" 2>/dev/null </dev/null)}")
    for line in "${(@)answer[2,-1]}"; do
        value=${line%%$'\t'*}
        [[ -n $value ]] || continue
        told=$value
        [[ $line == *$'\t'?* ]] && told="$value  ${line#*$'\t'}"
        if [[ $value == *[:=,] ]]; then
            tight+=("$value") tight_shown+=("$told")
        else
            loose+=("$value") loose_shown+=("$told")
        fi
    done
    (( $#loose )) && compadd -l -V reader -d loose_shown -a -- loose
    (( $#tight )) && compadd -l -V reader -S '' -d tight_shown -a -- tight
    case $answer[1] in
        files) _files ;;
        folders) _files -/ ;;
    esac
    return 0
}

if [[ $funcstack[1] == _reader ]]; then
    _reader "$@"
elif (( $+functions[compdef] )); then
    compdef _reader reader
fi
